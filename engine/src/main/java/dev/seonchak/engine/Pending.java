package dev.seonchak.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A request on its way and the answer that somebody waits for; the first answer counts. */
final class Pending extends CompletableFuture<Outcome> {
  private final Request request;
  private final long deadlineNanos;

  /** Whether a transaction with this request in it may have been committed without our knowing. */
  private boolean inDoubt;

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
  }

  /**
   * Answers. A release that was tried before without an answer, and finds done what it wanted, did
   * it itself, or a twin with the same cause did; either way the wish is fulfilled.
   */
  void answer(Outcome outcome, Decision decision) {
    boolean fulfilled =
        inDoubt
            && outcome instanceof Outcome.NotReleased(Obstacle why)
            && request instanceof Request.Release release
            && why == release.cause().already();
    complete(fulfilled ? new Outcome.Released(decision.at()) : outcome);
  }

  static void answerAll(List<Pending> all, Outcome outcome) {
    for (Pending pending : all) {
      pending.complete(outcome);
    }
  }
}
