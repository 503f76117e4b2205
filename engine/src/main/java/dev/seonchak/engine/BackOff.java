package dev.seonchak.engine;

import dev.seonchak.engine.EngineSettings.Retries;
import java.util.random.RandomGenerator;

/**
 * The pauses between attempts at one thing: each up to twice as long as the one before, shortened
 * by chance, so that two nodes that got in each other's way do not do so again.
 */
final class BackOff {
  private final Ticker ticker;
  private final RandomGenerator random;
  private final long longestNanos;
  private long nextNanos;

  BackOff(Retries retries, Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
    this.nextNanos = retries.backOffMin().toNanos();
    this.longestNanos = retries.backOffMax().toNanos();
  }

  void pause() throws InterruptedException {
    ticker.pause(random.nextLong(nextNanos / 2, nextNanos + 1));
    nextNanos = Math.min(2 * nextNanos, longestNanos);
  }
}
