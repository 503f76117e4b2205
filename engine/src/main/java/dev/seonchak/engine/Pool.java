package dev.seonchak.engine;

/**
 * The row of a pool: everything about it that a decision needs.
 *
 * @param group in which it is sold
 * @param capacity units in all
 * @param taken units HELD or CONFIRMED
 * @param nextSequence the number that the next claim gets, 1 in a new pool
 * @param window when it can be taken from
 * @param limitPerClaimant units that one claimant may have, {@link #NO_LIMIT} when unlimited
 */
public record Pool(
    PoolId id,
    GroupId group,
    long capacity,
    long taken,
    long nextSequence,
    Window window,
    int limitPerClaimant) {

  public static final int NO_LIMIT = Integer.MAX_VALUE;

  /**
   * @throws IllegalArgumentException when a count is negative or the next sequence below 1
   */
  public Pool {
    if (capacity < 0 || taken < 0 || nextSequence < 1) {
      throw new IllegalArgumentException(
          "pool %s: capacity %d, taken %d, next sequence %d"
              .formatted(id.value(), capacity, taken, nextSequence));
    }
  }

  /** Units that nobody holds; below 0 if the capacity was cut under what is taken. */
  public long free() {
    return capacity - taken;
  }
}
