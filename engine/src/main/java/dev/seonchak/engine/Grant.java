package dev.seonchak.engine;

/**
 * One claim that was granted.
 *
 * @param quantity units, at least 1
 * @param sequence the claim's number in its pool: 1 for the first claim, without gaps, never used
 *     again, so that after resale it may exceed the capacity
 */
public record Grant(PoolId pool, int quantity, long sequence) {}
