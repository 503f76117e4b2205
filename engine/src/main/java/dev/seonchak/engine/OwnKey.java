package dev.seonchak.engine;

/** A key in its scope: the one under which a success of this claimant is remembered. */
public record OwnKey(ClaimantId claimant, Key key) {}
