package dev.seonchak.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * What the engine itself costs, without a database: run {@code main} and read the lines.
 *
 * <p>The answers are checked before a figure is printed.
 */
final class EngineBenchmark {
  private static final int BATCH = 1_000;
  private static final PoolId POOL = Names.pool("A");

  private EngineBenchmark() {}

  public static void main(String[] args) throws Exception {
    for (int round = 0; round < 5; round++) {
      decide();
      ask(1_000, 300);
    }
  }

  private static Request.Take take(long number) {
    return new Request.Take(
        new ClaimantId(new UUID(number * 0x9e3779b97f4a7c15L, number)),
        Names.key(Long.toString(number)),
        1,
        Names.group("G"),
        List.of(new Line(POOL, 1)),
        Duration.ofMinutes(5),
        new Order(new HolderId(new UUID(number, number))));
  }

  /** A thousand takes, each of another claimant with a limit and a unit. */
  private static void decide() {
    var decider = new Decider(Limits.DEFAULT);
    List<Request> batch = new ArrayList<>();
    Map<Share, Long> units = new HashMap<>();
    for (int i = 0; i < BATCH; i++) {
      Request.Take take = take(i);
      batch.add(take);
      units.put(new Share(POOL, take.claimant()), 1L);
    }
    Pool pool = Takes.pool("A", BATCH - 10, Instant.EPOCH, 2);
    var state =
        new BatchState(Instant.EPOCH, Map.of(POOL, pool), units, Map.of(), Map.of(), Map.of());
    int batches = 2_000;
    long granted = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < batches; i++) {
      granted += decider.decide(state, batch).takes().size();
    }
    long nanos = System.nanoTime() - begun;
    check(granted == (long) batches * (BATCH - 10));
    System.out.printf("decide: %,d ns per request%n", nanos / batches / BATCH);
  }

  /** Virtual threads ask and wait; the journal only decides. */
  private static void ask(int callers, int each) throws Exception {
    long all = (long) callers * each;
    var journal = new CountingJournal(all);
    long begun;
    try (var engine = Engine.start(journal, EngineSettings.DEFAULT, Ticker.SYSTEM, new Random(1));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      begun = System.nanoTime();
      for (int i = 0; i < callers; i++) {
        long first = (long) i * each;
        var _ =
            threads.submit(() -> {
              for (long n = first; n < first + each; n++) {
                check(engine.ask(take(n)) instanceof Outcome.Granted);
              }
              return null;
            });
      }
    }
    long nanos = System.nanoTime() - begun;
    check(journal.pool.nextSequence() == all + 1);
    System.out.printf(
        "ask, %,d virtual threads: %,d requests/s in batches of %,d%n",
        callers, all * 1_000_000_000L / nanos, all / journal.batches);
  }

  private static void check(boolean so) {
    if (!so) {
      throw new AssertionError("wrong answers, so no figure");
    }
  }

  private static final class CountingJournal implements Journal {
    Pool pool;
    long batches;

    CountingJournal(long capacity) {
      pool = Takes.pool("A", capacity);
    }

    @Override
    public Committed transact(
        List<Request> batch, Function<BatchState, Decision> decide, Commit commit) {
      Decision decision =
          decide.apply(
              new BatchState(
                  Instant.EPOCH, Map.of(POOL, pool), Map.of(), Map.of(), Map.of(), Map.of()));
      pool = decision.after().getFirst();
      batches++;
      return new Committed(decision, 0);
    }

    @Override
    public void flush(long epoch) {}

    @Override
    public Probe probe(Set<PoolId> pools, Map<PoolId, Long> after, int max) {
      throw new IllegalStateException("nothing is sold out here");
    }
  }
}
