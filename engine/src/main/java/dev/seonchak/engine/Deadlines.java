package dev.seonchak.engine;

import java.time.Duration;
import java.util.List;

/**
 * Tells those whose time is over, while a journal does not return, that nobody knows: one thread
 * that now and then looks at all who wait.
 *
 * <p>Waiting with a time limit of one's own would be simpler, but sets and cancels a timer for each
 * request and wakes the timers' thread for it, and nearly no request is ever late.
 */
final class Deadlines {
  /** By so much, and the time of a look, an answer may come later than it should. */
  private static final Duration EVERY = Duration.ofMillis(50);

  private final List<Worker> workers;
  private final Ticker ticker;
  private final FaultLog faults;
  private final Thread thread;

  Deadlines(List<Worker> workers, Ticker ticker) {
    this.workers = workers;
    this.ticker = ticker;
    this.faults = new FaultLog(ticker);
    this.thread = Thread.ofPlatform().daemon().name("seonchak-deadlines").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** To be called once the workers are closed, since those let nobody wait. */
  void stop() {
    thread.interrupt();
  }

  /** Without this thread nobody would have a time limit any more, so it survives whatever comes. */
  private void look() {
    try {
      for (Worker worker : workers) {
        worker.tellLate(ticker.nanos());
      }
    } catch (RuntimeException | Error e) {
      faults.report("a look for late requests failed", e);
    }
  }

  private void run() {
    try {
      while (true) {
        ticker.pause(EVERY.toNanos());
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
