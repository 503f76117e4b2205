package dev.seonchak.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which pools would probably refuse, because nothing is free or the window is not open.
 *
 * <p>Being remembered only chooses a way: a take from such a pool first waits for the {@link
 * SharedProbe}, every other goes straight into a batch. So it may be wrong for a moment in both
 * directions, needs no lock, and takes whatever it is told last.
 *
 * <h2>When a look of a moment ago is as good as one of now</h2>
 *
 * A pool that is sold out may also have a {@link RecentLook}, and that refuses at once. What a look
 * said of a pool holds until somebody changes the pool. The probe keeps a look only if no other
 * process could write when it was made; whoever joins later waits before its first write for longer
 * than a look is used ({@link Journal#NEWCOMER_WAIT}). So this process makes all the changes there
 * are. A batch says here what it is going to change before it commits, and that it is over before
 * anybody is told; both end the look, and in between none is kept. A look that was on its way
 * meanwhile is recognised by the pool's mark, which is then another one.
 */
final class PoolWatch {
  private final int poolsMax;
  private final long lookGoodForNanos;
  private final Ticker ticker;
  private final AtomicLong marks = new AtomicLong();
  private final Map<PoolId, Suspect> suspects = new ConcurrentHashMap<>();

  /** How many transactions are changing each of these pools just now; under the watch's lock. */
  private final Map<PoolId, Integer> inChange = new HashMap<>();

  PoolWatch(EngineSettings.Watch settings, Ticker ticker) {
    this.poolsMax = settings.poolsMax();
    this.lookGoodForNanos = settings.lookGoodFor().toNanos();
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

  /** Whether the take is sold out by a look that still holds; for takes of one line only. */
  boolean refuses(Request.Take take) {
    if (take.lines().size() != 1) {
      return false;
    }
    Line line = take.lines().getFirst();
    Suspect suspect = suspects.get(line.pool());
    RecentLook look = suspect == null ? null : suspect.look;
    return look != null && look.refuses(take, line, ticker.nanos(), lookGoodForNanos);
  }

  /** Notes how pools stood at some instant of the database's clock. */
  void learn(Collection<Pool> pools, Instant at) {
    for (Pool pool : pools) {
      if (pool.free() > 0 && pool.window().refusalAt(at) == null) {
        suspects.remove(pool.id());
      } else if (suspects.putIfAbsent(pool.id(), new Suspect(marks.incrementAndGet())) == null) {
        forgetOldest();
      }
    }
  }

  /** No look at these pools refuses any more, nor is kept, until {@link #changed}. */
  synchronized void changing(Collection<PoolId> pools) {
    for (PoolId pool : pools) {
      inChange.merge(pool, 1, Integer::sum);
      endLook(pool);
    }
  }

  /** Changes were committed, or were not, or nobody knows; once for each {@link #changing}. */
  synchronized void changed(Collection<PoolId> pools) {
    for (PoolId pool : pools) {
      inChange.computeIfPresent(pool, (_, count) -> count == 1 ? null : count - 1);
      endLook(pool);
    }
  }

  private void endLook(PoolId pool) {
    Suspect suspect = suspects.get(pool);
    if (suspect != null) {
      suspect.look = null;
      suspect.mark = marks.incrementAndGet();
    }
  }

  /** Those of these pools that are remembered, each with its mark. */
  Map<PoolId, Long> marksOf(Set<PoolId> pools) {
    Map<PoolId, Long> found = HashMap.newHashMap(pools.size());
    for (PoolId pool : pools) {
      Suspect suspect = suspects.get(pool);
      if (suspect != null) {
        found.put(pool, suspect.mark);
      }
    }
    return found;
  }

  /**
   * Lets a look refuse, unless its pool has changed since the mark was read.
   *
   * @param mark from {@link #marksOf} before the look began
   */
  synchronized void keep(RecentLook look, long mark) {
    PoolId pool = look.pool().id();
    Suspect suspect = suspects.get(pool);
    if (suspect != null && suspect.mark == mark && !inChange.containsKey(pool)) {
      suspect.look = look;
    }
  }

  /** Knows nothing of the pool any more, as when something else than a batch changes it. */
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

  private final class Suspect {
    /** Written by whoever asks, without order: which of two was later does not matter. */
    volatile long askedNanos = ticker.nanos();

    /** Written under the watch's lock, and read by whoever asks. */
    volatile @Nullable RecentLook look;

    /** Another one for each change that this process has made of the pool. */
    volatile long mark;

    Suspect(long mark) {
      this.mark = mark;
    }
  }
}
