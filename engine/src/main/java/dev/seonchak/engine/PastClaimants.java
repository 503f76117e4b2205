package dev.seonchak.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For pools that refuse, who ever got a claim there, as far as it was read.
 *
 * <p>Read page by page, from the first sequence number on: numbers are given without gaps in the
 * order of commits, so "all up to number n" is something that one can have. Bounded by the claims
 * of all pools together; the pool not asked for longest is forgotten first. Used by one thread.
 */
final class PastClaimants {
  /** Small pools get this much room, so that a few resales do not have them read again. */
  private static final int ROOM_MIN = 1_000;

  private final int poolsMax;
  private final int claimsMax;
  private final Map<PoolId, Known> known = new LinkedHashMap<>(16, 0.75f, true);
  private long room;
  private long epoch;

  PastClaimants(int poolsMax, int claimsMax) {
    this.poolsMax = poolsMax;
    this.claimsMax = claimsMax;
  }

  /** Forgets everything that was read in another epoch: numbers may have been given again since. */
  void keepOnly(long current) {
    if (epoch != current) {
      known.clear();
      room = 0;
      epoch = current;
    }
  }

  /** Up to which sequence number each of these pools was read. */
  Map<PoolId, Long> readThrough(Set<PoolId> pools) {
    Map<PoolId, Long> through = HashMap.newHashMap(pools.size());
    for (PoolId pool : pools) {
      through.put(pool, readThrough(pool));
    }
    return through;
  }

  private long readThrough(PoolId pool) {
    Known one = known.get(pool);
    return one == null ? 0 : one.through;
  }

  /**
   * Adds a page, unless it does not begin where this pool's last page ended, which happens when the
   * pool was forgotten while the page was on its way.
   *
   * @param pool as it stands; it tells how much room its claims will need
   * @param after the sequence number after which the page begins
   */
  void learn(Pool pool, long after, Probe.Page page) {
    if (readThrough(pool.id()) != after) {
      return;
    }
    long claims = pool.nextSequence() - 1;
    Known one = known.get(pool.id());
    if (one == null) {
      one = begin(pool.id(), claims);
    } else if (claims > one.room) {
      forget(pool.id());
      return;
    }
    if (one != null) {
      page.claimants().forEach(one.filter::add);
      one.through = Math.max(after, page.through());
    }
  }

  /** Whether it is certain that this claimant has never had a claim in the pool as it stands. */
  boolean surelyWithout(ClaimantId claimant, Pool pool) {
    ClaimantFilter all = allOf(pool);
    return all != null && !all.mayContain(claimant);
  }

  /** Who ever had a claim in the pool as it stands, for any thread; null when not all are known. */
  @Nullable ClaimantFilter allOf(Pool pool) {
    Known one = known.get(pool.id());
    return one != null && one.through >= pool.nextSequence() - 1 ? one.filter : null;
  }

  /** Null when the pool is too big to be remembered at all. */
  private @Nullable Known begin(PoolId pool, long claims) {
    long wanted = Math.max(ROOM_MIN, claims + claims / 2);
    if (wanted > claimsMax) {
      return null;
    }
    while (!known.isEmpty() && (room + wanted > claimsMax || known.size() >= poolsMax)) {
      forget(known.keySet().iterator().next());
    }
    var begun = new Known((int) wanted);
    known.put(pool, begun);
    room += wanted;
    return begun;
  }

  private void forget(PoolId pool) {
    Known forgotten = known.remove(pool);
    if (forgotten != null) {
      room -= forgotten.room;
    }
  }

  private static final class Known {
    final ClaimantFilter filter;
    final int room;
    long through;

    Known(int room) {
      this.filter = new ClaimantFilter(room);
      this.room = room;
    }
  }
}
