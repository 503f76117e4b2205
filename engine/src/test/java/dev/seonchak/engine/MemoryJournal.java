package dev.seonchak.engine;

import dev.seonchak.engine.JournalException.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A journal on a store in memory, through which all that can go wrong with a database goes wrong.
 */
class MemoryJournal implements Journal {
  final MemoryStore store;
  final Set<HolderId> poison = new HashSet<>();
  private final RandomGenerator random;
  Weather weather = Weather.FAIR;

  MemoryJournal(MemoryStore store, RandomGenerator random) {
    this.store = store;
    this.random = random;
  }

  @Override
  public Committed transact(
      List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
      throws JournalException {
    throwWith(weather.unavailable(), Kind.UNAVAILABLE);
    long epoch = store.epoch;
    BatchState state = store.read(batch);
    if (random.nextDouble() < weather.race()) {
      hideKeysOfOtherPools(batch, state);
    }
    Decision decision = decide.apply(state);
    throwWith(weather.conflict(), Kind.CONFLICT);
    throwWith(weather.lostBefore(), Kind.UNKNOWN);
    throwDefect();
    for (Decision.Taken taken : decision.takes()) {
      if (poison.contains(taken.granted().holder())) {
        throw new JournalException(Kind.REJECTED, "poison", null);
      }
    }
    commit(decision);
    if (commit == Commit.DURABLE && !decision.isRefusal()) {
      flush();
    }
    throwWith(weather.lostAfter(), Kind.UNKNOWN);
    throwDefect();
    return new Committed(decision, epoch);
  }

  @Override
  public void flush(long epoch) throws JournalException {
    throwWith(weather.unavailable(), Kind.UNKNOWN);
    if (epoch != store.epoch) {
      throw new JournalException(Kind.UNKNOWN, "there was a crash", null);
    }
    throwDefect();
    flush();
    throwWith(weather.lostAfter(), Kind.UNKNOWN);
    throwDefect();
  }

  void flush() {
    store.flush();
  }

  /** How long a node waits, once it can be seen, before it writes. */
  Duration newcomerWait() {
    return NEWCOMER_WAIT;
  }

  void commit(Decision decision) throws JournalException {
    store.write(decision);
  }

  @Override
  public Probe probe(Set<PoolId> pools, Map<PoolId, Long> claimantsAfter, int claimantsMax)
      throws JournalException {
    throwWith(weather.unavailable(), Kind.UNAVAILABLE);
    throwWith(weather.lostBefore(), Kind.UNKNOWN);
    throwWith(weather.conflict() / 2, Kind.REJECTED);
    throwDefect();
    return store.probe(pools, claimantsAfter, claimantsMax);
  }

  /**
   * Two nodes may insert the same key at the same time if their requests share no pool, as then no
   * lock keeps them apart; neither sees the other's, and the unique index rejects the second.
   */
  private static void hideKeysOfOtherPools(List<Request> batch, BatchState state) {
    Map<OwnKey, Set<PoolId>> asked = new HashMap<>();
    for (Request request : batch) {
      if (request instanceof Request.Take take) {
        asked.computeIfAbsent(take.ownKey(), _ -> new HashSet<>()).addAll(take.pools());
      }
    }
    asked.forEach((key, pools) -> {
      Remembered remembered = state.remembered().get(key);
      if (remembered != null
          && Collections.disjoint(
              pools, remembered.granted().grants().stream().map(Grant::pool).toList())) {
        state.remembered().remove(key);
      }
    });
  }

  private void throwWith(double probability, Kind kind) throws JournalException {
    if (probability > 0 && random.nextDouble() < probability) {
      throw new JournalException(kind, "weather", null);
    }
  }

  private void throwDefect() {
    if (weather.defect() > 0 && random.nextDouble() < weather.defect() / 2) {
      throw new IllegalStateException("a defect that the simulator made");
    }
  }
}
