package dev.seonchak.allocation.postgres;

import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.Pool;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request.Take;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who ever had a claim in the pools that this process fills, so that of somebody new nothing needs
 * to be looked for: nearly everybody in a rush is new.
 *
 * <p>A pool's numbers are given without gaps in the order of commits. So who knows the claimants of
 * all numbers up to the one before the next, which the pool's locked row tells, knows them all,
 * whichever process wrote them. What others wrote is read on, a few claims for each take, or, where
 * that would take long, beside the batches by a {@link PastReader}. Whoever is not certainly new is
 * looked for. A stranger to the pools of a take may have a success under its key for other pools;
 * the key's unique index finds that, the batch is tried again in parts, and then {@link #suspect}
 * has made all of its claimants be looked for. Thread-safe.
 */
final class KnownClaimants {
  private final int poolsMax;
  private final int roomMax;
  private final Map<PoolId, KnownPool> pools = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<PoolId> far = new LinkedHashSet<>();
  private long room;
  private long changes;
  private long epoch;

  /**
   * @param roomMax for how many claimants there is room in all pools together, at ten bits each; a
   *     pool with more than three quarters of so many claims is not remembered
   */
  KnownClaimants(int poolsMax, int roomMax) {
    this.poolsMax = poolsMax;
    this.roomMax = roomMax;
  }

  /**
   * Whether it is worth asking only later, and perhaps not at all, what the claimant has.
   *
   * @param readMax how many claims of a pool are read with the batch
   */
  synchronized boolean isPerhapsNew(Take take, int readMax) {
    return take.lines().stream()
        .allMatch(line -> {
          KnownPool known = pools.get(line.pool());
          return known != null && known.missing() <= readMax && !known.mayContain(take.claimant());
        });
  }

  /** Changes whenever anybody becomes known. */
  synchronized long changes() {
    return changes;
  }

  /**
   * Whether a claimant who was {@link #isPerhapsNew} never had a claim in the pools of the take.
   *
   * @param locked how these pools stand, whose rows are locked
   * @param changesBefore what {@link #changes} said before that was asked
   */
  synchronized boolean isNew(Take take, Map<PoolId, Pool> locked, long changesBefore) {
    return take.lines().stream()
            .allMatch(line -> {
              KnownPool known = pools.get(line.pool());
              Pool pool = locked.get(line.pool());
              return known != null && pool != null && known.through() == pool.nextSequence() - 1;
            })
        && (changes == changesBefore || isPerhapsNew(take, 0));
  }

  /** Those of the pools of which claims are to be read, each with the last number that is known. */
  synchronized Map<PoolId, Long> toRead(Collection<PoolId> concerned) {
    Map<PoolId, Long> after = new LinkedHashMap<>();
    for (PoolId id : concerned) {
      KnownPool known = pools.get(id);
      if (known != null && known.isReadOn()) {
        after.put(id, known.through());
      }
    }
    return after;
  }

  /** Whether {@link #farBehind} perhaps has an answer. */
  synchronized boolean isFarBehind() {
    return !far.isEmpty();
  }

  /**
   * A pool of which many claims are to be read beside the batches, with the last number that is
   * known; null when there is none.
   */
  synchronized Map.@Nullable Entry<PoolId, Long> farBehind() {
    while (!far.isEmpty()) {
      PoolId id = far.iterator().next();
      KnownPool known = pools.get(id);
      if (known != null && known.isFarBehind()) {
        return Map.entry(id, known.through());
      }
      far.remove(id);
    }
    return null;
  }

  /** Claims after a number were looked for beside the batches, and told if there were any. */
  synchronized void tried(PoolId id, long after) {
    KnownPool known = pools.get(id);
    if (known != null && known.through() == after) {
      known.unreadable();
    }
  }

  /** A claim that was read, in an epoch as that of {@link #wrote}. */
  synchronized void read(PoolId id, long number, ClaimantId claimant, long inEpoch) {
    KnownPool known = pools.get(id);
    if (known != null && inEpoch == epoch) {
      claimed(known, number, claimant);
    }
  }

  /**
   * How pools stand, whose rows are locked.
   *
   * @param read those of which claims were read before, with the number after which they began
   */
  synchronized void seen(Collection<Pool> locked, Map<PoolId, Long> read) {
    for (Pool pool : locked) {
      long last = pool.nextSequence() - 1;
      KnownPool known = known(pool.id(), last);
      if (known != null) {
        if (read.getOrDefault(pool.id(), -1L) == last) {
          known.alone();
        }
        known.seen(last);
        if (known.isFarBehind()) {
          far.add(pool.id());
        }
      }
    }
  }

  /**
   * Claims that are committed.
   *
   * @param inEpoch in which they were; those of another one may be lost already
   */
  synchronized void wrote(List<Taken> takes, long inEpoch) {
    if (inEpoch != epoch) {
      return;
    }
    for (Taken taken : takes) {
      for (Grant grant : taken.granted().grants()) {
        KnownPool known = pools.get(grant.pool());
        if (known != null) {
          claimed(known, grant.sequence(), taken.take().claimant());
        }
      }
    }
  }

  /** The claimants are looked for from now on, in these pools. */
  synchronized void suspect(List<Take> takes) {
    for (Take take : takes) {
      for (PoolId id : take.pools()) {
        KnownPool known = pools.get(id);
        if (known != null && !known.mayContain(take.claimant())) {
          grow(known, () -> known.add(take.claimant()));
        }
      }
    }
  }

  /** Nothing is known any more: the database may be another one, or have lost something. */
  synchronized void forget(long newEpoch) {
    epoch = Math.max(epoch, newEpoch);
    pools.clear();
    far.clear();
    room = 0;
  }

  private void claimed(KnownPool known, long number, ClaimantId claimant) {
    grow(known, () -> known.claimed(number, claimant));
  }

  private void grow(KnownPool known, Runnable change) {
    int before = known.room();
    change.run();
    changes++;
    room += known.room() - before;
  }

  /** What is known of a pool; null when it has more claims than are remembered of any. */
  private @Nullable KnownPool known(PoolId id, long last) {
    KnownPool known = pools.get(id);
    boolean isTooLarge = last > roomMax * 3L / 4;
    if (known != null && (isTooLarge || known.through() > last)) {
      forget(id);
    }
    if (!isTooLarge) {
      pools.computeIfAbsent(id, any -> new KnownPool(last));
    }
    while (room > roomMax || pools.size() > poolsMax) {
      forget(pools.keySet().iterator().next());
    }
    return pools.get(id);
  }

  private void forget(PoolId id) {
    KnownPool forgotten = pools.remove(id);
    if (forgotten != null) {
      room -= forgotten.room();
    }
  }
}
