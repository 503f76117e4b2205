package dev.seonchak.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a probe found out about one pool that is sold out, for those who come a moment later.
 * Thread-safe.
 */
final class RecentLook {
  private final Pool pool;
  private final ClaimantFilter claimants;
  private final long begunNanos;
  private final AtomicBoolean renewing = new AtomicBoolean();

  /**
   * @param pool as it stood, open and with nothing free
   * @param claimants all who ever had a claim in it, and perhaps some who had not
   * @param begunNanos when the probe began, by the engine's ticker
   */
  RecentLook(Pool pool, ClaimantFilter claimants, long begunNanos) {
    this.pool = pool;
    this.claimants = claimants;
    this.begunNanos = begunNanos;
  }

  Pool pool() {
    return pool;
  }

  /**
   * Whether a take of this line alone is surely refused now, provided that the pool still stands
   * like this. Past half of its time the look lets one take wait for the next probe, so that the
   * others need not.
   */
  boolean refuses(Request.Take take, Line line, long nowNanos, long goodForNanos) {
    long age = nowNanos - begunNanos;
    return age < goodForNanos
        && line.quantity() > 0
        && pool.group().equals(take.group())
        && !claimants.mayContain(take.claimant())
        && (age < goodForNanos / 2 || !renewing.compareAndSet(false, true));
  }
}
