package dev.seonchak.events.kafka;

import dev.seonchak.events.EventSettings;
import java.util.concurrent.TimeUnit;

/** Waits between attempts: each time twice as long, up to the longest. Not safe for threads. */
final class Pause {
  private final long shortestMillis;
  private final long longestMillis;
  private long nextMillis;

  Pause(EventSettings settings) {
    this.shortestMillis = settings.retryMillisMin();
    this.longestMillis = settings.retryMillisMax();
    this.nextMillis = shortestMillis;
  }

  /** How long the next pause is, in milliseconds. */
  long take() {
    long taken = nextMillis;
    nextMillis = Math.min(longestMillis, nextMillis * 2);
    return taken;
  }

  void once() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(take());
  }

  void reset() {
    nextMillis = shortestMillis;
  }
}
