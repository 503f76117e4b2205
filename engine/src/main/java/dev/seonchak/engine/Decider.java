package dev.seonchak.engine;

import java.util.List;

/**
 * The rule book: what becomes of a batch, given the state that was read for it.
 *
 * <p>A function in the mathematical sense: no clock, no chance, no input, and the same decision for
 * the same state and the same requests, always. That is what lets a simulator try millions of
 * batches without a database, and what lets a batch be decided again when its commit got lost.
 */
public final class Decider {
  private final Limits limits;

  public Decider(Limits limits) {
    this.limits = limits;
  }

  /** Decides each request in order; each sees what the earlier ones of the batch did. */
  public Decision decide(BatchState state, List<Request> batch) {
    var deliberation = new Deliberation(limits, state, batch.size());
    for (Request request : batch) {
      deliberation.add(
          switch (request) {
            case Request.Take take -> deliberation.decide(take);
            case Request.Release release -> deliberation.decide(release);
          });
    }
    return deliberation.decision();
  }
}
