package dev.seonchak.engine;

import java.time.Instant;
import java.util.List;

/**
 * A holder as the journal read it under its lock.
 *
 * @param claimant whose claims these are
 * @param state of the holder and of all its claims
 * @param deadline when it expires, by the database's clock; meaningful while HELD
 * @param claims everything that it was granted
 */
public record Holding(
    ClaimantId claimant, HolderState state, Instant deadline, List<Grant> claims) {}
