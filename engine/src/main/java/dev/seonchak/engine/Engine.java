package dev.seonchak.engine;

import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** The entrance: takes requests from any number of threads and answers each exactly once. */
@SuppressWarnings("DoNotCallSuggester")
public final class Engine implements AutoCloseable {

  /**
   * Starts the writers.
   *
   * @param random shortens pauses by chance; used by several threads
   */
  public static Engine start(
      Journal journal, EngineSettings settings, Ticker ticker, RandomGenerator random) {
    throw new UnsupportedOperationException("to be written");
  }

  private Engine() {}

  /**
   * Never blocks and never throws. The future is completed, never exceptionally, once the outcome
   * is durable; it has no time limit of its own while the journal does not return.
   */
  public CompletableFuture<Outcome> submit(Request request) {
    throw new UnsupportedOperationException("to be written");
  }

  /** Submits and waits, at most as long as the settings say, then {@link Outcome.Unanswered}. */
  public Outcome ask(Request request) throws InterruptedException {
    throw new UnsupportedOperationException("to be written");
  }

  /** Takes no more requests, answers all that it has, and stops; bounded by the answer's limit. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("to be written");
  }
}
