package dev.seonchak.drops.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.drops.Limits;
import dev.seonchak.shared.DropId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Drops as this process knows them. What is in use is read again in the background, all of it in
 * one statement, so that nobody on the way of a hold waits for the database; what the background
 * did not reach in time is read by the first who asks, while the others for the same drop wait for
 * that one read. That a drop does not exist is remembered as long and no longer, and never
 * refreshed, so that made-up ids cost no more than their one read.
 */
final class CachedDrops implements Drops {
  private final Function<Set<DropId>, Map<DropId, Drop>> read;
  private final Ticker ticker;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final long maxAgeNanos;
  private final Cache<DropId, CachedDrop> cache;

  CachedDrops(Function<Set<DropId>, Map<DropId, Drop>> read, Ticker ticker, Limits limits) {
    this.read = read;
    this.ticker = ticker;
    this.maxAgeNanos = Duration.ofMillis(limits.cachedMillis()).toNanos();
    this.cache =
        Caffeine.newBuilder()
            .ticker(ticker)
            // Upkeep by whoever reads is shorter than waking another thread for it.
            .executor(Runnable::run)
            .expireAfterAccess(Duration.ofSeconds(limits.idleSeconds()))
            .maximumSize(limits.cachedDropsMax())
            .build();
  }

  @Override
  public Optional<Drop> cached(DropId id) {
    var entry = cache.get(id, any -> new CachedDrop());
    var known = entry.known(ticker.read() - maxAgeNanos);
    return known != null ? known.drop() : readOnce(id, entry);
  }

  @Override
  public Map<DropId, Drop> find(Set<DropId> ids) {
    return read.apply(ids);
  }

  /** Reads what is in use again, unless the last such read is still under way. */
  void refresh() {
    if (refreshing.tryLock()) {
      try {
        readInUse();
      } finally {
        refreshing.unlock();
      }
    }
  }

  private void readInUse() {
    var inUse = new HashMap<>(cache.asMap());
    inUse.values().removeIf(entry -> !entry.exists());
    if (!inUse.isEmpty()) {
      var before = ticker.read();
      var found = find(inUse.keySet());
      inUse.forEach((id, entry) -> entry.learn(Optional.ofNullable(found.get(id)), before));
    }
  }

  /**
   * Forgets a drop that has just been changed here, whatever a read that is under way brings back.
   */
  void forget(DropId id) {
    var entry = cache.getIfPresent(id);
    if (entry != null) {
      entry.forget(ticker.read());
    }
  }

  private Optional<Drop> readOnce(DropId id, CachedDrop entry) {
    entry.reading().lock();
    try {
      var known = entry.known(ticker.read() - maxAgeNanos);
      if (known != null) {
        return known.drop();
      }
      var before = ticker.read();
      var drop = Optional.ofNullable(find(Set.of(id)).get(id));
      entry.learn(drop, before);
      return drop;
    } finally {
      entry.reading().unlock();
    }
  }
}
