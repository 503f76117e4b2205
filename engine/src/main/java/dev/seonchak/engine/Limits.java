package dev.seonchak.engine;

import java.time.Duration;

/**
 * The limits that hold for every pool.
 *
 * @param unpaidExpiriesMax so many unpaid expiries in one group are forgiven but one; with this
 *     many a claimant is refused there
 * @param lapseMemory for so long after the latest of them
 */
public record Limits(int unpaidExpiriesMax, Duration lapseMemory) {

  /** Two expiries, half an hour. */
  public static final Limits DEFAULT = new Limits(2, Duration.ofMinutes(30));

  /**
   * @throws IllegalArgumentException when the count is below 1 or the duration is negative
   */
  public Limits {
    if (unpaidExpiriesMax < 1 || lapseMemory.isNegative()) {
      throw new IllegalArgumentException(
          "unpaid expiries " + unpaidExpiriesMax + ", memory " + lapseMemory);
    }
  }
}
