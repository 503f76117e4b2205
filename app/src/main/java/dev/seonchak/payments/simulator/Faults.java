package dev.seonchak.payments.simulator;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The faults that are the same whatever the call does. */
final class Faults {
  private Faults() {}

  /**
   * Does the work of a call, or not, and gives the answer that leaves.
   *
   * @param error the protocol's answer with status 500
   */
  static Reply around(@Nullable Switch planned, Reply error, Supplier<Reply> work) {
    if (planned == null) {
      return work.get();
    }
    return switch (planned.fault()) {
      case DONE_LOST -> {
        var _ = work.get();
        yield Reply.lost();
      }
      case OPEN_LOST, FAILED_LOST -> Reply.lost();
      case DONE_500 -> {
        var _ = work.get();
        yield error;
      }
      case OPEN_500 -> error;
      case BODY_CUT -> work.get().cut();
      case SLOW -> {
        pause(planned.delay());
        yield work.get();
      }
      default -> work.get();
    };
  }

  /** Waits, unless the simulator is being closed; then it says false. */
  static boolean pause(Duration delay) {
    var until = System.nanoTime() + delay.toNanos();
    while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    return !Thread.currentThread().isInterrupted();
  }
}
