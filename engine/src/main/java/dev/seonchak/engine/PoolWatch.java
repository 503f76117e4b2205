package dev.seonchak.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Remembers which pools would probably refuse, because nothing is free or the window is not open.
 *
 * <p>It only chooses a way, it never refuses: a take from a pool remembered here first waits for
 * the {@link SharedProbe}, every other goes straight into a batch. So it may be wrong for a moment
 * in both directions, needs no lock, and takes whatever it is told last.
 */
final class PoolWatch {
  private final int poolsMax;
  private final Ticker ticker;
  private final Map<PoolId, Suspect> suspects = new ConcurrentHashMap<>();

  PoolWatch(int poolsMax, Ticker ticker) {
    this.poolsMax = poolsMax;
    this.ticker = ticker;
  }

  /** Whether any pool of the take is remembered; cheap when none is, as before a rush. */
  boolean doubts(Request.Take take) {
    if (suspects.isEmpty()) {
      return false;
    }
    boolean doubted = false;
    for (Line line : take.lines()) {
      Suspect suspect = suspects.get(line.pool());
      if (suspect != null) {
        suspect.askedNanos = ticker.nanos();
        doubted = true;
      }
    }
    return doubted;
  }

  /** Notes how pools stood at some instant of the database's clock. */
  void learn(Collection<Pool> pools, Instant at) {
    for (Pool pool : pools) {
      if (pool.free() > 0 && pool.window().refusalAt(at) == null) {
        suspects.remove(pool.id());
      } else if (suspects.putIfAbsent(pool.id(), new Suspect(ticker.nanos())) == null) {
        forgetOldest();
      }
    }
  }

  /** Those of these pools that are remembered. */
  Set<PoolId> suspectsAmong(Set<PoolId> pools) {
    return pools.stream().filter(suspects::containsKey).collect(Collectors.toSet());
  }

  void forget(PoolId pool) {
    suspects.remove(pool);
  }

  private void forgetOldest() {
    while (suspects.size() > poolsMax) {
      suspects.entrySet().stream()
          .min(Comparator.comparingLong(entry -> entry.getValue().askedNanos))
          .ifPresent(oldest -> suspects.remove(oldest.getKey()));
    }
  }

  private static final class Suspect {
    /** Written by whoever asks, without order: which of two was later does not matter. */
    volatile long askedNanos;

    Suspect(long askedNanos) {
      this.askedNanos = askedNanos;
    }
  }
}
