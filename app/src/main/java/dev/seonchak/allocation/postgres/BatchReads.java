package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.Earlier;
import dev.seonchak.allocation.HolderRows;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.RoundTrip.Step;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.BatchState;
import dev.seonchak.engine.GroupId;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Locks what one batch concerns and reads what its decision needs.
 *
 * <p>Whatever concerns each claimant is read with one index probe per element. Written as a join or
 * as {@code = any(array)}, the planner, as long as a table has no statistics, may answer thousands
 * of elements by scanning all of the table; {@code offset 0} keeps it from seeing through the inner
 * query. Most groups have no lapses at all, which one probe tells.
 */
final class BatchReads {
  private static final String CLOCK = "select clock_timestamp()";

  private static final String LAPSES =
      """
      select u.i, l.count, l.last_at
        from unnest(?::uuid[], ?::uuid[]) with ordinality as u (group_id, claimant_id, i)
       cross join lateral (
               select count, last_at
                 from lapses
                where group_id = u.group_id and claimant_id = u.claimant_id
               offset 0) l
       where exists (select from lapses where group_id = any(?))
      """;

  private final Connection connection;
  private final HolderKinds kinds;
  private final Map<HolderId, HolderRows<?>> owners = new HashMap<>();
  private final Found found = new Found();

  BatchReads(Connection connection, HolderKinds kinds) {
    this.connection = connection;
    this.kinds = kinds;
  }

  /** What the claimants have, once it was read. */
  Tallies tallies() {
    return found.tallies;
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
    List<Step> steps = new ArrayList<>();
    steps.add(lock(concerned, found));
    if (!releases.isEmpty()) {
      // Holders come after pools in the order of locks, and what follows must be read under both.
      RoundTrip.send(connection, steps);
      steps.clear();
      lockHolders(releases, found);
    }
    steps.add(clock(found));
    if (!takes.isEmpty()) {
      steps.add(lapses(takes, found));
      steps.addAll(earlier(takes, found));
    }
    RoundTrip.send(connection, steps);
    forgetMisnamed(takes);
    return found.state();
  }

  /** Of pools that are not where a take looks for them nothing is counted. */
  private void forgetMisnamed(List<Take> takes) {
    if (!found.tallies.isOverdue()) {
      return;
    }
    for (Take take : takes) {
      for (Line line : take.lines()) {
        Pool pool = found.pools.get(line.pool());
        if (pool == null || !pool.group().equals(take.group())) {
          found.tallies.forget(new Share(line.pool(), take.claimant()));
        }
      }
    }
  }

  /** What was read so far. */
  private static final class Found implements Earlier {
    private Instant now = Instant.EPOCH;
    private final Map<PoolId, Pool> pools = new HashMap<>();
    private final Tallies tallies = new Tallies();
    private final Map<Member, Lapses> lapses = new HashMap<>();
    private final Map<OwnKey, Remembered> remembered = new HashMap<>();
    private final Map<HolderId, Holding> holdings = new HashMap<>();

    @Override
    public void success(OwnKey key, Remembered what) {
      remembered.put(key, what);
    }

    @Override
    public void tallied(Share share, long units) {
      tallies.kept(share, units);
    }

    @Override
    public void counted(Share share, long units, long holders) {
      tallies.counted(share, units, holders);
    }

    BatchState state() {
      return new BatchState(now, pools, tallies.units(), lapses, remembered, holdings);
    }
  }

  private static Step lock(Set<PoolId> ids, Found found) {
    return RoundTrip.rows(
        RowLocks.POOLS,
        List.of(UuidArray.of(ids, PoolId::value)),
        row -> {
          Pool pool = PoolRow.at(row, 1);
          found.pools.put(pool.id(), pool);
        });
  }

  private void lockHolders(List<Release> releases, Found found) throws SQLException {
    List<HolderId> ids = releases.stream().map(Release::holder).distinct().sorted().toList();
    for (HolderRows<?> rows : kinds.all()) {
      Map<HolderId, Holding> own = rows.lock(connection, ids);
      for (HolderId id : own.keySet()) {
        owners.put(id, rows);
      }
      found.holdings.putAll(own);
    }
  }

  private static Step clock(Found found) {
    return RoundTrip.rows(
        CLOCK, List.of(), row -> found.now = row.getObject(1, OffsetDateTime.class).toInstant());
  }

  private Step lapses(List<Take> takes, Found found) {
    List<Member> members = new ArrayList<>(takes.size());
    Set<GroupId> groups = new HashSet<>();
    for (Take take : takes) {
      if (kinds.of(take.holder()).refusesHoarders()) {
        members.add(new Member(take.group(), take.claimant()));
        groups.add(take.group());
      }
    }
    return RoundTrip.rows(
        LAPSES,
        List.of(
            UuidArray.of(members, member -> member.group().value()),
            UuidArray.of(members, member -> member.claimant().value()),
            UuidArray.of(groups, GroupId::value)),
        row -> {
          Instant last = row.getObject(3, OffsetDateTime.class).toInstant();
          found.lapses.put(members.get(row.getInt(1) - 1), new Lapses(row.getLong(2), last));
        });
  }

  private List<Step> earlier(List<Take> takes, Found found) {
    Map<HolderRows<?>, List<Take>> byKind = new HashMap<>();
    for (Take take : takes) {
      byKind.computeIfAbsent(kinds.of(take.holder()), rows -> new ArrayList<>()).add(take);
    }
    List<Step> steps = new ArrayList<>();
    byKind.forEach((rows, own) -> steps.addAll(rows.earlier(own, found)));
    return steps;
  }
}
