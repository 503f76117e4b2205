package dev.seonchak.engine;

/** One claimant as seen by one group; unpaid expiries are counted for it. */
public record Member(GroupId group, ClaimantId claimant) {}
