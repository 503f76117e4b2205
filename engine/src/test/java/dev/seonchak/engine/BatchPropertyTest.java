package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What must hold for every batch, whatever is in it. */
class BatchPropertyTest {
  private final Decider decider = new Decider(new Limits(2, Duration.ofMinutes(30)));

  /** The rules know nothing of batches: together is the same as one after another. */
  @Property(tries = 400)
  void decidesABatchAsItWouldItsRequestsOneByOne(@ForAll long seed) throws JournalException {
    MemoryStore together = history(seed);
    MemoryStore apart = history(seed);
    List<Request> batch = batch(together, new Random(seed));

    Decision whole = decider.decide(together.read(batch), batch);
    together.write(whole);
    List<Outcome> single = new ArrayList<>();
    for (Request request : batch) {
      Decision decision = decider.decide(apart.read(List.of(request)), List.of(request));
      apart.write(decision);
      single.addAll(decision.outcomes());
    }

    assertThat(whole.outcomes()).isEqualTo(single);
    assertThat(together.pools).isEqualTo(apart.pools);
    assertThat(together.holders).isEqualTo(apart.holders);
    assertThat(together.lapses).isEqualTo(apart.lapses);
    assertThat(whole.after()).containsExactlyElementsOf(read(together, batch));
    Validator.of(together).validate();
    Validator.of(apart).validate();
  }

  @Property(tries = 150)
  void decidesTheSameAgainFromTheSameState(@ForAll long seed) {
    MemoryStore store = history(seed);
    List<Request> batch = batch(store, new Random(seed));
    assertThat(decider.decide(store.read(batch), batch))
        .isEqualTo(decider.decide(store.read(batch), batch));
  }

  /** What makes it safe to run a batch again when its commit got lost. */
  @Property(tries = 150)
  void writesNothingWhenItsTakesAreThereAlready(@ForAll long seed) throws JournalException {
    MemoryStore store = history(seed);
    List<Request> batch = batch(store, new Random(seed));
    Decision first = decider.decide(store.read(batch), batch);
    store.write(first);
    List<Request> granted = new ArrayList<>();
    List<Outcome> answers = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (first.outcomes().get(i) instanceof Outcome.Granted) {
        granted.add(batch.get(i));
        answers.add(first.outcomes().get(i));
      }
    }
    Decision again = decider.decide(store.read(granted), granted);
    assertThat(again.isEmpty()).isTrue();
    assertThat(again.pools()).isEmpty();
    assertThat(again.outcomes()).isEqualTo(answers);
  }

  private static List<Pool> read(MemoryStore store, List<Request> batch) {
    Set<PoolId> asked = new HashSet<>();
    batch.forEach(request -> asked.addAll(request.pools()));
    return store.pools.values().stream().filter(pool -> asked.contains(pool.id())).toList();
  }

  /** A store in which something has happened already. */
  private MemoryStore history(long seed) {
    var random = new Random(~seed);
    var store = new MemoryStore(true);
    store.now = Instant.ofEpochSecond(1_000);
    for (int i = 0; i < 3; i++) {
      store.add(
          new Pool(
              Names.pool("P" + i),
              Names.group(random.nextInt(6) > 0 ? "G" : "H"),
              random.nextInt(25),
              0,
              1,
              new Window(store.now.plusSeconds(random.nextInt(5) - 3), null),
              random.nextBoolean() ? 1 + random.nextInt(4) : Pool.NO_LIMIT));
    }
    List<Request> batch = batch(store, random);
    try {
      store.write(decider.decide(store.read(batch), batch));
    } catch (JournalException e) {
      throw new AssertionError(e);
    }
    store.now = store.now.plusSeconds(random.nextInt(20));
    for (HolderId holder : List.copyOf(store.holders.keySet())) {
      if (random.nextInt(4) == 0) {
        store.setState(holder, random.nextBoolean() ? HolderState.BUSY : HolderState.CONFIRMED);
      }
    }
    return store;
  }

  private static List<Request> batch(MemoryStore store, Random random) {
    List<HolderId> holders = List.copyOf(store.holders.keySet());
    List<Request> batch = new ArrayList<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      batch.add(
          holders.isEmpty() || random.nextBoolean()
              ? take(random)
              : release(store, holders.get(random.nextInt(holders.size())), random));
    }
    return batch;
  }

  private static Request take(Random random) {
    List<String> names = new ArrayList<>(List.of("P0", "P1", "P2", "missing"));
    List<Line> lines = new ArrayList<>();
    do {
      String name = names.remove(random.nextInt(names.size()));
      lines.add(new Line(Names.pool(name), random.nextInt(5) - (random.nextInt(9) == 0 ? 3 : 0)));
    } while (names.size() > 1 && random.nextInt(3) == 0);
    return new Request.Take(
        Names.claimant("c" + random.nextInt(6)),
        Names.key("k" + random.nextInt(30)),
        lines.hashCode(),
        Names.group("G"),
        lines,
        Duration.ofSeconds(1 + random.nextInt(20)),
        new Order(Names.holder("o" + random.nextLong())));
  }

  private static Request release(MemoryStore store, HolderId holder, Random random) {
    MemoryStore.HolderRow row = store.holders.get(holder);
    Set<PoolId> pools = new HashSet<>();
    row.holding().claims().forEach(claim -> pools.add(claim.pool()));
    return new Request.Release(
        holder, row.group(), pools, List.of(Cause.values()).get(random.nextInt(3)));
  }
}
