package dev.seonchak.allocation;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.seonchak.allocation.postgres.RowLocks;
import dev.seonchak.engine.Engine;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.PoolId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The pools themselves: making, opening, closing and counting them. What is taken from a pool or
 * given back goes through {@link Allocator}. Everything that writes takes part in the transaction
 * that is current on the thread. Thread-safe.
 */
@Component
public final class Pools {
  /** A view older than this is read anew. */
  static final Duration LIVE_AGE_MAX = Duration.ofMillis(200);

  private static final int LIVE_POOLS_MAX = 10_000;

  private final JdbcClient jdbc;
  private final ChangedPools changed;
  private final LoadingCache<PoolId, Optional<Stock>> live;

  Pools(JdbcClient jdbc, ObjectProvider<Engine> engine) {
    this.jdbc = jdbc;
    this.changed = new ChangedPools(engine);
    live =
        Caffeine.newBuilder()
            .maximumSize(LIVE_POOLS_MAX)
            .expireAfterWrite(LIVE_AGE_MAX)
            .build(
                new com.github.benmanes.caffeine.cache.CacheLoader<>() {
                  @Override
                  public Optional<Stock> load(PoolId pool) {
                    return Optional.ofNullable(stock(Set.of(pool)).get(pool));
                  }

                  @Override
                  public Map<PoolId, Optional<Stock>> loadAll(Set<? extends PoolId> pools) {
                    Map<PoolId, Stock> found = stock(Set.copyOf(pools));
                    Map<PoolId, Optional<Stock>> all = HashMap.newHashMap(pools.size());
                    pools.forEach(pool -> all.put(pool, Optional.ofNullable(found.get(pool))));
                    return all;
                  }
                });
  }

  /**
   * A pool to be made.
   *
   * @param capacity units in all, 0 or more
   * @param limitPerClaimant units that one claimant may have, null when unlimited
   */
  public record NewPool(PoolId id, long capacity, @Nullable Integer limitPerClaimant) {}

  /** Makes pools that nothing can be taken from until {@link #open}. */
  public void create(GroupId group, List<NewPool> pools) {
    if (pools.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into pools (id, group_id, capacity, limit_per_claimant)
            select d.id, :group, d.capacity, d.limit_per_claimant
              from unnest(:ids, :capacities, :limits) as d (id, capacity, limit_per_claimant)
            """)
        .param("group", group.value())
        .param("ids", ids(pools.stream().map(NewPool::id).toList()))
        .param("capacities", pools.stream().map(NewPool::capacity).toArray(Long[]::new))
        .param("limits", pools.stream().map(NewPool::limitPerClaimant).toArray(Integer[]::new))
        .update();
  }

  /**
   * Removes the pools of a group from which nothing was ever taken, for example to make others.
   *
   * @return false when there is one that was taken from or is open, and then nothing has changed
   */
  public boolean discard(GroupId group) {
    lock(group);
    boolean used =
        jdbc.sql(
                """
                select exists (
                  select from pools
                   where group_id = :group and (next_sequence > 1 or opens_at is not null))
                """)
            .param("group", group.value())
            .query(Boolean.class)
            .single();
    if (!used) {
      jdbc.sql("delete from pools where group_id = :group").param("group", group.value()).update();
    }
    return !used;
  }

  /**
   * Sets when the pools of a group can be taken from; the database's clock decides.
   *
   * @param closesAt exclusive, null when they stay open until {@link #close}
   */
  public void open(GroupId group, Instant opensAt, @Nullable Instant closesAt) {
    changed.tell(lock(group));
    jdbc.sql(
            """
            update pools set opens_at = :opens, closes_at = :closes where group_id = :group
            """)
        .param("opens", opensAt.atOffset(ZoneOffset.UTC))
        .param(
            "closes",
            closesAt == null ? null : closesAt.atOffset(ZoneOffset.UTC),
            java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
        .param("group", group.value())
        .update();
  }

  /**
   * Lets nothing more be taken from the pools of a group, from now on.
   *
   * @return when they closed: now by the database's clock, or earlier
   */
  public Optional<Instant> close(GroupId group) {
    changed.tell(lock(group));
    return jdbc
        .sql(
            """
            update pools set closes_at = least(closes_at, clock_timestamp())
             where group_id = :group
            returning closes_at
            """)
        .param("group", group.value())
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list()
        .stream()
        .min(Instant::compareTo);
  }

  /**
   * Changes the capacity of a pool.
   *
   * @return false when there is no such pool or more than this is taken already
   */
  public boolean resize(PoolId pool, long capacity) {
    // The condition is checked again on the locked row, so no take can slip in between.
    boolean done =
        jdbc.sql("update pools set capacity = :capacity where id = :id and taken <= :capacity")
                .param("capacity", capacity)
                .param("id", pool.value())
                .update()
            == 1;
    changed.tell(Set.of(pool));
    return done;
  }

  /** The pools that exist among these, read now. */
  public Map<PoolId, Stock> stock(Set<PoolId> pools) {
    Map<PoolId, Stock> stock = HashMap.newHashMap(pools.size());
    RowCallbackHandler put =
        row ->
            stock.put(
                new PoolId(row.getObject(1, UUID.class)),
                new Stock(row.getLong(2), row.getLong(3)));
    jdbc.sql("select id, capacity, capacity - taken from pools where id = any(:ids)")
        .param("ids", ids(pools))
        .query(put);
    return stock;
  }

  /** As {@link #stock}, but up to 200 ms old, so that pages may ask as often as they like. */
  public Map<PoolId, Stock> live(Set<PoolId> pools) {
    Map<PoolId, Stock> stock = HashMap.newHashMap(pools.size());
    live.getAll(pools).forEach((pool, found) -> found.ifPresent(is -> stock.put(pool, is)));
    return stock;
  }

  /** Locks the pools of a group by id, as the platform's order of row locks wants it. */
  private List<PoolId> lock(GroupId group) {
    return jdbc.sql(RowLocks.POOLS_OF_GROUP)
        .param("group", group.value())
        .query((row, n) -> new PoolId(row.getObject(1, UUID.class)))
        .list();
  }

  private static UuidArray ids(Collection<PoolId> pools) {
    return UuidArray.of(pools, PoolId::value);
  }
}
