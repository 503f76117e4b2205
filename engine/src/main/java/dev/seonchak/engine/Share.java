package dev.seonchak.engine;

/** What one claimant has of one pool; the limit per claimant is a limit on it. */
public record Share(PoolId pool, ClaimantId claimant) {}
