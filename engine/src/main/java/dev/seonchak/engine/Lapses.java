package dev.seonchak.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * The unpaid expiries of one claimant in one group.
 *
 * @param count how many, ever
 * @param last when the latest of them was
 */
public record Lapses(long count, Instant last) {

  static final Lapses NONE = new Lapses(0, Instant.EPOCH);

  boolean refuseAt(Instant now, Limits limits) {
    return count >= limits.unpaidExpiriesMax()
        && Duration.between(last, now).compareTo(limits.lapseMemory()) < 0;
  }
}
