package dev.seonchak.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * The entrance: takes requests from any number of threads and answers each exactly once.
 *
 * <p>Behind it stand a few writers, each a thread with an inbox, and one shared probe. A pool has
 * its writer, since two on the same row would only wait for each other; a request over several
 * pools goes to the writer of the lowest id. Safe for any number of threads.
 */
public final class Engine implements AutoCloseable {
  private final EngineSettings settings;
  private final Ticker ticker;
  private final PoolWatch watch;
  private final Worker probe;
  private final Worker[] writers;
  private final Worker flusher;
  private final Executor answering;
  private final Deadlines deadlines;

  /**
   * Starts the threads, all of them daemons.
   *
   * @param random shortens pauses by chance; must be safe for threads
   */
  public static Engine start(
      Journal journal, EngineSettings settings, Ticker ticker, RandomGenerator random) {
    var decider = new Decider(settings.limits());
    var engine =
        new Engine(
            journal,
            decider::decide,
            settings,
            ticker,
            random,
            Executors.newVirtualThreadPerTaskExecutor());
    engine.workers().forEach(Worker::start);
    engine.deadlines.start();
    return engine;
  }

  /** Without threads, so that a simulator can move the workers step by step. */
  Engine(
      Journal journal,
      BiFunction<BatchState, List<Request>, Decision> rules,
      EngineSettings settings,
      Ticker ticker,
      RandomGenerator random,
      Executor answering) {
    this.settings = settings;
    this.ticker = ticker;
    this.answering = answering;
    this.watch = new PoolWatch(settings.watch(), ticker);
    int waitingMax = settings.watch().waitingMax();
    var look = new SharedProbe(journal, watch, settings, ticker, random, this::enqueue);
    var faults = new FaultLog(ticker);
    this.probe = new Worker("seonchak-probe", waitingMax, waitingMax, look::look, faults);
    this.flusher = flusher(journal, rules, random, faults);
    var telling = new Telling(answering, faults, settings.aheadMin(), flusher);
    var batcher = new Batcher(journal, rules, watch, settings.retries(), ticker, random, telling);
    this.writers = new Worker[settings.writers()];
    for (int i = 0; i < writers.length; i++) {
      writers[i] =
          new Worker(
              "seonchak-writer-" + i,
              settings.inboxMax(),
              settings.batchMax(),
              batcher::run,
              faults);
    }
    this.deadlines = new Deadlines(workers(), ticker);
  }

  private Worker flusher(
      Journal journal,
      BiFunction<BatchState, List<Request>, Decision> rules,
      RandomGenerator random,
      FaultLog faults) {
    var telling = new Telling(answering, faults);
    var again = new Batcher(journal, rules, watch, settings.retries(), ticker, random, telling);
    var work = new Flusher(journal, again, settings.batchMax(), telling, faults);
    int most = 2 * settings.batchMax();
    return new Worker("seonchak-flusher", most, most, work::flush, faults);
  }

  /**
   * The probe, the writers, then the flusher: what an earlier one lets go on, a later one can still
   * take.
   */
  List<Worker> workers() {
    List<Worker> all = new ArrayList<>(List.of(probe));
    all.addAll(List.of(writers));
    all.add(flusher);
    return all;
  }

  /**
   * Hands a request over; never blocks, never throws for anything that the request says.
   *
   * @return completed, never exceptionally, once the outcome is durable, or with {@link
   *     Outcome.Unanswered} soon after the time that the settings give. What depends on it runs one
   *     after the other for a whole batch and must be short.
   */
  public CompletableFuture<Outcome> submit(Request request) {
    var pending = new Pending(request, ticker.nanos() + settings.answerWithin().toNanos());
    if (request instanceof Request.Take take && watch.doubts(take)) {
      if (watch.refuses(take)) {
        pending.complete(new Outcome.Refused(Reason.SOLD_OUT, 0));
      } else {
        offer(pending, probe);
      }
    } else {
      enqueue(pending);
    }
    return pending;
  }

  /** Submits and waits. Made for a virtual thread per request. */
  public Outcome ask(Request request) throws InterruptedException {
    try {
      return submit(request).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never an exception", e);
    }
  }

  /**
   * Is told of pools that this process is about to change otherwise than by a request, so that
   * nobody is refused by how they stood before; {@link #changed} must follow.
   */
  public void changing(Collection<PoolId> pools) {
    watch.changing(pools);
  }

  /** Is told that such a change was committed, or was not, or that nobody knows. */
  public void changed(Collection<PoolId> pools) {
    watch.changed(pools);
    pools.forEach(watch::forget);
  }

  /** How much waits now. */
  public Load load() {
    int inInboxes = 0;
    for (Worker writer : writers) {
      inInboxes += writer.waiting();
    }
    return new Load(inInboxes, probe.waiting(), flusher.waiting());
  }

  private void enqueue(Pending pending) {
    offer(pending, writers.length == 1 ? writers[0] : writerOf(pending.request()));
  }

  private Worker writerOf(Request request) {
    return writers[Math.floorMod(Collections.min(request.pools()).hashCode(), writers.length)];
  }

  private void offer(Pending pending, Worker worker) {
    if (!worker.offer(pending)) {
      pending.complete(new Outcome.Overloaded(settings.retries().overloadedRetryAfter()));
    }
  }

  /**
   * Takes no more requests, answers all that it has, and stops. What is not done within the time
   * limit of an answer is told that nobody knows.
   */
  @Override
  public void close() {
    long end = ticker.nanos() + settings.answerWithin().toNanos();
    List<Worker> all = workers();
    for (int i = 0; i < all.size(); i++) {
      // A part each, so that one that hangs leaves time for the others.
      long nanos = (end - ticker.nanos()) / (all.size() - i);
      all.get(i).close(Duration.ofNanos(Math.max(0, nanos)));
    }
    deadlines.stop();
    if (answering instanceof ExecutorService threads) {
      threads.close();
    }
  }
}
