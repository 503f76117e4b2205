package dev.seonchak.engine;

import java.time.Instant;

/**
 * The unpaid expiries of one claimant in one group.
 *
 * @param count how many, ever
 * @param last when the latest of them was
 */
public record Lapses(long count, Instant last) {}
