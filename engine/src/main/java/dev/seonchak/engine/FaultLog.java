package dev.seonchak.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reports faults that were contained, and would otherwise pass in silence, once a second at most.
 *
 * <p>A database that is away, or a defect in the journal, strikes every batch, thousands of times a
 * second, and a full disk would be the greater damage. Safe for threads.
 */
final class FaultLog {
  private static final Logger LOG = System.getLogger("dev.seonchak.engine");
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Ticker ticker;
  private final AtomicLong nextNanos;
  private final AtomicLong kept = new AtomicLong();

  FaultLog(Ticker ticker) {
    this.ticker = ticker;
    this.nextNanos = new AtomicLong(ticker.nanos());
  }

  void report(String what, Throwable fault) {
    long now = ticker.nanos();
    long next = nextNanos.get();
    if (now - next < 0 || !nextNanos.compareAndSet(next, now + EVERY_NANOS)) {
      kept.incrementAndGet();
      return;
    }
    LOG.log(Level.WARNING, what + ", " + kept.getAndSet(0) + " faults not shown before", fault);
  }
}
