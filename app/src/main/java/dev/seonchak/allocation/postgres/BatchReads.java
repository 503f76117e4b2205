package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.HolderRows;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.BatchState;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Holding;
import dev.seonchak.engine.Lapses;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Member;
import dev.seonchak.engine.OwnKey;
import dev.seonchak.engine.Pool;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Remembered;
import dev.seonchak.engine.Request;
import dev.seonchak.engine.Request.Release;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.engine.Share;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Locks what one batch concerns and reads what its decision needs.
 *
 * <p>Tallies and lapses are read with one index probe per element. Written as a join or as {@code =
 * any(array)}, the planner, as long as a table has no statistics, answers thousands of elements by
 * scanning all of the pool; {@code offset 0} keeps it from seeing through the inner query.
 */
final class BatchReads {
  private static final String CLOCK = "select clock_timestamp()";

  private static final String TALLIES =
      """
      select u.i, t.units
        from unnest(?::uuid[], ?::uuid[]) with ordinality as u (pool_id, claimant_id, i)
       cross join lateral (
               select units
                 from tallies
                where pool_id = u.pool_id and claimant_id = u.claimant_id
               offset 0) t
      """;

  private static final String LAPSES =
      """
      select u.i, l.count, l.last_at
        from unnest(?::uuid[], ?::uuid[]) with ordinality as u (group_id, claimant_id, i)
       cross join lateral (
               select count, last_at
                 from lapses
                where group_id = u.group_id and claimant_id = u.claimant_id
               offset 0) l
      """;

  private final Connection connection;
  private final HolderKinds kinds;
  private final Map<HolderId, HolderRows<?>> owners = new HashMap<>();

  BatchReads(Connection connection, HolderKinds kinds) {
    this.connection = connection;
    this.kinds = kinds;
  }

  /** Which module wrote each holder that was locked. */
  Map<HolderId, HolderRows<?>> owners() {
    return owners;
  }

  BatchState read(List<Request> batch) throws SQLException {
    List<Take> takes = new ArrayList<>(batch.size());
    List<Release> releases = new ArrayList<>();
    Set<PoolId> concerned = new HashSet<>();
    for (Request request : batch) {
      switch (request) {
        case Take take -> takes.add(take);
        case Release release -> releases.add(release);
      }
      concerned.addAll(request.pools());
    }
    Map<PoolId, Pool> pools = lockPools(concerned);
    Map<HolderId, Holding> holdings = releases.isEmpty() ? Map.of() : lockHolders(releases);
    Instant now = clock();
    if (takes.isEmpty()) {
      return new BatchState(now, pools, Map.of(), Map.of(), Map.of(), holdings);
    }
    return new BatchState(now, pools, units(takes), lapses(takes), remembered(takes), holdings);
  }

  private Map<PoolId, Pool> lockPools(Set<PoolId> ids) throws SQLException {
    Map<PoolId, Pool> pools = HashMap.newHashMap(ids.size());
    try (var statement = connection.prepareStatement(RowLocks.POOLS)) {
      statement.setObject(1, uuids(ids, PoolId::value));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          Pool pool = PoolRow.at(rows, 1);
          pools.put(pool.id(), pool);
        }
      }
    }
    return pools;
  }

  private Map<HolderId, Holding> lockHolders(List<Release> releases) throws SQLException {
    List<HolderId> ids = releases.stream().map(Release::holder).distinct().sorted().toList();
    Map<HolderId, Holding> all = HashMap.newHashMap(ids.size());
    for (HolderRows<?> rows : kinds.all()) {
      Map<HolderId, Holding> own = rows.lock(connection, ids);
      for (HolderId id : own.keySet()) {
        owners.put(id, rows);
      }
      all.putAll(own);
    }
    return all;
  }

  private Instant clock() throws SQLException {
    try (var statement = connection.prepareStatement(CLOCK);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private Map<Share, Long> units(List<Take> takes) throws SQLException {
    Set<Share> distinct = HashSet.newHashSet(takes.size());
    for (Take take : takes) {
      for (Line line : take.lines()) {
        distinct.add(new Share(line.pool(), take.claimant()));
      }
    }
    List<Share> shares = List.copyOf(distinct);
    Map<Share, Long> units = new HashMap<>();
    try (var statement = connection.prepareStatement(TALLIES)) {
      statement.setObject(1, uuids(shares, share -> share.pool().value()));
      statement.setObject(2, uuids(shares, share -> share.claimant().value()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          units.put(shares.get(rows.getInt(1) - 1), rows.getLong(2));
        }
      }
    }
    return units;
  }

  private Map<Member, Lapses> lapses(List<Take> takes) throws SQLException {
    Set<Member> distinct = HashSet.newHashSet(takes.size());
    for (Take take : takes) {
      distinct.add(new Member(take.group(), take.claimant()));
    }
    List<Member> members = List.copyOf(distinct);
    Map<Member, Lapses> lapses = new HashMap<>();
    try (var statement = connection.prepareStatement(LAPSES)) {
      statement.setObject(1, uuids(members, member -> member.group().value()));
      statement.setObject(2, uuids(members, member -> member.claimant().value()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          Instant last = rows.getObject(3, OffsetDateTime.class).toInstant();
          lapses.put(members.get(rows.getInt(1) - 1), new Lapses(rows.getLong(2), last));
        }
      }
    }
    return lapses;
  }

  private Map<OwnKey, Remembered> remembered(List<Take> takes) throws SQLException {
    Map<HolderRows<?>, Map<OwnKey, Take>> byKind = new HashMap<>();
    for (Take take : takes) {
      byKind
          .computeIfAbsent(kinds.of(take.holder()), rows -> new LinkedHashMap<>())
          .putIfAbsent(take.ownKey(), take);
    }
    Map<OwnKey, Remembered> all = new HashMap<>();
    for (var kind : byKind.entrySet()) {
      all.putAll(kind.getKey().remembered(connection, List.copyOf(kind.getValue().values())));
    }
    return all;
  }

  private static <T> UuidArray uuids(Collection<T> elements, Function<T, UUID> id) {
    return new UuidArray(elements.stream().map(id).toArray(UUID[]::new));
  }
}
