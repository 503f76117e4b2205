package dev.seonchak.allocation;

/**
 * How much of a pool there is.
 *
 * @param capacity units in all
 * @param free units that nobody holds or has bought
 */
public record Stock(long capacity, long free) {}
