package dev.seonchak.engine;

import static dev.seonchak.engine.Takes.again;
import static dev.seonchak.engine.Takes.cancel;
import static dev.seonchak.engine.Takes.pool;
import static dev.seonchak.engine.Takes.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.engine.EngineSettings.Retries;
import dev.seonchak.engine.EngineSettings.Watch;
import dev.seonchak.engine.Outcome.Granted;
import dev.seonchak.engine.Outcome.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine with its real threads and real time, on a journal in memory. */
@Timeout(60)
class EngineTest {
  private final MemoryStore store = new MemoryStore(true);
  private final GatedJournal journal = new GatedJournal(store);
  private final List<Engine> engines = new ArrayList<>();

  /** One transaction at a time, which waits at a gate while the gate is shut. */
  private static final class GatedJournal extends MemoryJournal {
    final AtomicInteger probes = new AtomicInteger();
    final List<Integer> sizes = new ArrayList<>();
    final Map<PoolId, Set<String>> threads = new ConcurrentHashMap<>();
    final Semaphore atGate = new Semaphore(0);
    volatile CountDownLatch gate = new CountDownLatch(0);

    GatedJournal(MemoryStore store) {
      super(store, new Random(1));
    }

    @Override
    public Committed transact(
        List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
        throws JournalException {
      atGate.release();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new JournalException(JournalException.Kind.UNKNOWN, "interrupted", e);
      }
      synchronized (store) {
        sizes.add(batch.size());
        for (Request request : batch) {
          request
              .pools()
              .forEach(pool ->
                  threads
                      .computeIfAbsent(pool, _ -> new HashSet<>())
                      .add(Thread.currentThread().getName()));
        }
        return super.transact(batch, decide, commit);
      }
    }

    @Override
    public void flush(long epoch) throws JournalException {
      synchronized (store) {
        super.flush(epoch);
      }
    }

    @Override
    public Probe probe(Set<PoolId> pools, Map<PoolId, Long> claimantsAfter, int claimantsMax)
        throws JournalException {
      probes.incrementAndGet();
      synchronized (store) {
        return super.probe(pools, claimantsAfter, claimantsMax);
      }
    }
  }

  private Engine start(int writers, int inboxMax, Duration answerWithin) {
    var settings =
        new EngineSettings(
            writers,
            inboxMax,
            1_000,
            64,
            answerWithin,
            Retries.DEFAULT,
            Watch.DEFAULT,
            Limits.DEFAULT);
    Engine engine = Engine.start(journal, settings, Ticker.SYSTEM, new Random(1));
    engines.add(engine);
    return engine;
  }

  private Engine start() {
    return start(1, 10_000, Duration.ofSeconds(20));
  }

  @AfterEach
  void stopAndValidate() {
    journal.gate.countDown();
    engines.forEach(Engine::close);
    Validator.of(store).validate();
  }

  /** Runs all of them at once, each on a thread of its own. */
  private static <T> List<T> atOnce(int count, IntFunction<Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    var begin = new CountDownLatch(1);
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> task = tasks.apply(i);
        futures.add(
            threads.submit(() -> {
              begin.await();
              return task.call();
            }));
      }
      begin.countDown();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    }
    return results;
  }

  @Test
  void givesOnePieceToOneOfTwo() throws Exception {
    store.add(pool("A", 1));
    Engine engine = start();
    List<Outcome> outcomes = atOnce(2, i -> () -> engine.ask(take("c" + i, "A")));
    assertThat(outcomes).filteredOn(outcome -> outcome instanceof Granted).hasSize(1);
    assertThat(outcomes).contains(new Refused(Reason.SOLD_OUT, 0));
  }

  @Test
  void sellsAThousandPiecesToAHundredThreads() throws Exception {
    store.add(pool("A", 1_000));
    Engine engine = start();
    List<List<Outcome>> outcomes =
        atOnce(
            100,
            i ->
                () -> {
                  List<Outcome> mine = new ArrayList<>();
                  for (int n = 0; n < 15; n++) {
                    mine.add(engine.ask(take("c" + i, "A")));
                  }
                  return mine;
                });
    List<Long> numbers = new ArrayList<>();
    int refused = 0;
    for (Outcome outcome : outcomes.stream().flatMap(List::stream).toList()) {
      if (outcome instanceof Granted granted) {
        numbers.add(granted.grants().getFirst().sequence());
      } else {
        assertThat(outcome).isEqualTo(new Refused(Reason.SOLD_OUT, 0));
        refused++;
      }
    }
    assertThat(numbers).hasSize(1_000).doesNotHaveDuplicates().contains(1L, 1_000L);
    assertThat(refused).isEqualTo(500);
  }

  @Test
  void takesCrossedPoolsWithTwoWriters() throws Exception {
    store.add(pool("A", 300));
    store.add(pool("B", 300));
    Engine engine = start(2, 10_000, Duration.ofSeconds(20));
    List<Outcome> outcomes =
        atOnce(
            400,
            i -> () -> engine.ask(i % 2 == 0 ? take("c" + i, "A", "B") : take("c" + i, "B", "A")));
    assertThat(outcomes).filteredOn(outcome -> outcome instanceof Granted).hasSize(300);
  }

  @Test
  void acceptsAKeyOnceHoweverOftenItIsSent() throws Exception {
    store.add(pool("A", 100));
    Engine engine = start();
    Request.Take take = take("ann", "A");
    List<Outcome> outcomes = atOnce(100, i -> () -> engine.ask(again(take)));
    List<Granted> granted =
        outcomes.stream()
            .filter(outcome -> outcome instanceof Granted)
            .map(outcome -> (Granted) outcome)
            .toList();
    assertThat(granted).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome instanceof Outcome.Repeated)
        .hasSize(99)
        .containsOnly(new Outcome.Repeated(granted.getFirst()));
  }

  @Test
  void keepsALimitOnTwoNodes() throws Exception {
    store.add(pool("A", 100, store.now, 2));
    List<Engine> nodes = List.of(start(), start());
    List<Outcome> outcomes = atOnce(200, i -> () -> nodes.get(i % 2).ask(take("ann", "A")));
    assertThat(outcomes).filteredOn(outcome -> outcome instanceof Granted).hasSize(2);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome instanceof Refused)
        .hasSize(198)
        .containsOnly(new Refused(Reason.LIMIT_REACHED, 0));
  }

  @Test
  void answersAKeyFromAnotherNodeAlsoWhenAllIsGone() throws Exception {
    store.add(pool("A", 1));
    Engine here = start();
    Engine there = start();
    Request.Take take = take("ann", "A");
    Outcome first = here.ask(take);
    assertThat(first).isInstanceOf(Granted.class);
    assertThat(there.ask(take("ben", "A"))).isEqualTo(new Refused(Reason.SOLD_OUT, 0));
    assertThat(there.ask(take("cat", "A"))).isEqualTo(new Refused(Reason.SOLD_OUT, 0));
    assertThat(there.ask(again(take))).isEqualTo(new Outcome.Repeated((Granted) first));
  }

  @Test
  void tellsWhoWaitsForWhat() throws Exception {
    store.add(pool("A", 1_000));
    var engine =
        new Engine(
            journal,
            new Decider(EngineSettings.DEFAULT.limits())::decide,
            EngineSettings.DEFAULT,
            Ticker.SYSTEM,
            new Random(1),
            Runnable::run);
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < EngineSettings.DEFAULT.aheadMin(); i++) {
      answers.add(engine.submit(take("c" + i, "A")));
    }
    assertThat(engine.load()).isEqualTo(new Load(answers.size(), 0, 0));
    engine.workers().get(1).runOnce();
    assertThat(engine.load()).isEqualTo(new Load(0, 0, answers.size()));
    engine.workers().getLast().runOnce();
    assertThat(engine.load()).isEqualTo(new Load(0, 0, 0));
    assertThat(answers).allMatch(CompletableFuture::isDone);
  }

  @Test
  void batchesWhatArrivesWhileACommitIsInFlight() throws Exception {
    store.add(pool("A", 1_000));
    Engine engine = start();
    journal.gate = new CountDownLatch(1);
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    answers.add(engine.submit(take("first", "A")));
    journal.atGate.acquire();
    for (int i = 0; i < 500; i++) {
      answers.add(engine.submit(take("c" + i, "A")));
    }
    assertThat(engine.load()).isEqualTo(new Load(500, 0, 0));
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    journal.gate.countDown();
    for (CompletableFuture<Outcome> answer : answers) {
      assertThat(answer.get()).isInstanceOf(Granted.class);
    }
    assertThat(journal.sizes).containsExactly(1, 500);
  }

  @Test
  void refusesAtOnceWhenItsInboxIsFull() throws Exception {
    store.add(pool("A", 1_000));
    Engine engine = start(1, 10, Duration.ofSeconds(20));
    journal.gate = new CountDownLatch(1);
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    answers.add(engine.submit(take("first", "A")));
    journal.atGate.acquire();
    for (int i = 0; i < 30; i++) {
      answers.add(engine.submit(take("c" + i, "A")));
    }
    for (CompletableFuture<Outcome> answer : answers.subList(11, 31)) {
      assertThat(answer.resultNow()).isEqualTo(new Outcome.Overloaded(Duration.ofSeconds(1)));
    }
    journal.gate.countDown();
    for (CompletableFuture<Outcome> answer : answers.subList(0, 11)) {
      assertThat(answer.get()).isInstanceOf(Granted.class);
    }
    assertThat(store.holders).hasSize(11);
  }

  @Test
  void refusesAStormWithFewLooksAndSeesReturnedStockAtOnce() throws Exception {
    store.add(pool("A", 1));
    Engine engine = start();
    Request.Take first = take("ann", "A");
    engine.ask(first);
    List<Outcome> outcomes = atOnce(2_000, i -> () -> engine.ask(take("c" + i, "A")));
    assertThat(outcomes).containsOnly(new Refused(Reason.SOLD_OUT, 0));
    assertThat(journal.probes.get()).isLessThan(1_000);
    assertThat(journal.sizes.stream().mapToInt(size -> size).sum()).isLessThan(100);
    assertThat(engine.ask(cancel(first))).isInstanceOf(Outcome.Released.class);
    assertThat(engine.ask(take("ben", "A"))).isInstanceOf(Granted.class);
  }

  @Test
  void tellsThatNobodyKnowsWhenTheJournalHangsAndFindsOutLater() throws Exception {
    store.add(pool("A", 1));
    Engine engine = start(1, 100, Duration.ofMillis(200));
    journal.gate = new CountDownLatch(1);
    Request.Take take = take("ann", "A");
    assertThat(engine.ask(take)).isEqualTo(new Outcome.Unanswered());
    CompletableFuture<Outcome> behind = engine.submit(take("ben", "A"));
    assertThat(engine.ask(take("cat", "A"))).isEqualTo(new Outcome.Unanswered());
    assertThat(behind.get(1, TimeUnit.MINUTES)).isEqualTo(new Outcome.Unanswered());
    journal.gate.countDown();
    Outcome later = engine.ask(again(take));
    while (later instanceof Outcome.Unanswered) {
      later = engine.ask(again(take));
    }
    assertThat(later).isInstanceOf(Outcome.Repeated.class);
  }

  @Test
  void keepsAPoolWithOneWriter() throws Exception {
    for (int i = 0; i < 20; i++) {
      store.add(pool("P" + i, 100));
    }
    Engine engine = start(4, 10_000, Duration.ofSeconds(20));
    atOnce(400, i -> () -> engine.ask(take("c" + i, "P" + i % 20)));
    assertThat(journal.threads.values()).allMatch(threads -> threads.size() == 1);
    Set<String> all = new HashSet<>();
    journal.threads.values().forEach(all::addAll);
    assertThat(all).hasSizeGreaterThan(1);
  }

  @Test
  void answersEverybodyWhenItClosesUnderLoad() throws Exception {
    store.add(pool("A", 1_000_000));
    Engine engine = start();
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    var closed = new CountDownLatch(1);
    List<List<CompletableFuture<Outcome>>> all =
        atOnce(
            21,
            i ->
                () -> {
                  List<CompletableFuture<Outcome>> mine = new ArrayList<>();
                  if (i == 20) {
                    engine.close();
                    closed.countDown();
                    return mine;
                  }
                  for (int n = 0; n < 500; n++) {
                    mine.add(engine.submit(take("c" + i, "A")));
                  }
                  closed.await();
                  mine.add(engine.submit(take("c" + i, "A")));
                  return mine;
                });
    all.forEach(answers::addAll);
    int granted = 0;
    for (CompletableFuture<Outcome> answer : answers) {
      switch (answer.resultNow()) {
        case Granted _ -> granted++;
        case Outcome.Overloaded _ -> {}
        default -> throw new AssertionError(answer);
      }
    }
    assertThat(store.holders).hasSize(granted);
    assertThat(engine.submit(take("late", "A")).resultNow()).isInstanceOf(Outcome.Overloaded.class);
  }

  @Test
  void closesInBoundedTimeAlsoWhenTheJournalHangs() throws Exception {
    store.add(pool("A", 9));
    Engine engine = start(1, 100, Duration.ofMillis(200));
    journal.gate = new CountDownLatch(1);
    CompletableFuture<Outcome> first = engine.submit(take("ann", "A"));
    journal.atGate.acquire();
    CompletableFuture<Outcome> second = engine.submit(take("ben", "A"));
    engine.close();
    assertThat(first.resultNow()).isEqualTo(new Outcome.Unanswered());
    assertThat(second.resultNow()).isEqualTo(new Outcome.Unanswered());
  }

  @Test
  void goesOnAfterAnErrorOfTheJournal() throws Exception {
    store.add(pool("A", 9));
    var failing = new AtomicInteger(1);
    Journal fragile =
        new Journal() {
          @Override
          public Committed transact(
              List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
              throws JournalException {
            if (failing.getAndDecrement() > 0) {
              throw new NoClassDefFoundError("a defect");
            }
            return journal.transact(batch, decide, commit);
          }

          @Override
          public void flush(long epoch) throws JournalException {
            journal.flush(epoch);
          }

          @Override
          public Probe probe(Set<PoolId> pools, Map<PoolId, Long> after, int max)
              throws JournalException {
            return journal.probe(pools, after, max);
          }
        };
    Engine engine = Engine.start(fragile, EngineSettings.DEFAULT, Ticker.SYSTEM, new Random(1));
    engines.add(engine);
    assertThat(engine.ask(take("ann", "A"))).isEqualTo(new Outcome.Unanswered());
    assertThat(engine.ask(take("ann", "A"))).isInstanceOf(Granted.class);
  }
}
