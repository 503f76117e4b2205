package dev.seonchak.engine;

import dev.seonchak.engine.Journal.Committed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request on its way and the answer that somebody waits for; the first answer counts. */
final class Pending extends CompletableFuture<Outcome> {
  private final Request request;
  private final long deadlineNanos;

  /** Whether a transaction with this request in it may have been committed without our knowing. */
  private boolean inDoubt;

  /** What was decided, once that is known; whoever waits may still have to be told. */
  private @Nullable Outcome decided;

  /** In which epoch of the journal it was decided. */
  private long epoch;

  /** Whether what was decided cannot be lost any more, so that whoever waits is being told. */
  private boolean durable;

  Pending(Request request, long deadlineNanos) {
    this.request = request;
    this.deadlineNanos = deadlineNanos;
  }

  Request request() {
    return request;
  }

  /** Whether working on it is pointless: its time is over, or it was given up. */
  boolean isLate(long nowNanos) {
    return deadlineNanos - nowNanos <= 0 || isDone();
  }

  void doubt() {
    inDoubt = true;
    decided = null;
  }

  long epoch() {
    return epoch;
  }

  /** What was decided for these cannot be lost any more. */
  static void durable(List<Pending> all) {
    for (Pending pending : all) {
      pending.durable = true;
    }
  }

  /**
   * Settles what the answer is; {@link #tell} gives it. A release that was tried before without an
   * answer, and finds done what it wanted, did it itself, or a twin with the same cause did; either
   * way the wish is fulfilled.
   */
  void decide(Outcome outcome, Committed committed) {
    boolean fulfilled =
        inDoubt
            && outcome instanceof Outcome.NotReleased(Obstacle why)
            && request instanceof Request.Release release
            && why == release.cause().already();
    decided = fulfilled ? new Outcome.Released(committed.decision().at()) : outcome;
    epoch = committed.epoch();
  }

  /** Answers each with what was decided. */
  static void tell(List<Pending> all) {
    for (Pending pending : all) {
      Outcome decided = pending.decided;
      pending.complete(decided == null ? new Outcome.Unanswered() : decided);
    }
  }

  /** Answers those whose time is over that nobody knows. */
  static void tellLate(List<Pending> all, long nowNanos) {
    for (Pending pending : all) {
      if (!pending.isDone() && pending.isLate(nowNanos)) {
        pending.complete(new Outcome.Unanswered());
      }
    }
  }

  /** Answers those that nobody knows of whom nobody is telling what was decided. */
  static void abandon(List<Pending> all) {
    for (Pending pending : all) {
      if (!pending.durable) {
        pending.complete(new Outcome.Unanswered());
      }
    }
  }
}
