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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  /** Claims of others that are read for each take, so that no batch waits for a large pool. */
  private static final int READ_FOR_EACH = 8;

  private static final int READ_MIN = 64;

  private static final String CLOCK = "select clock_timestamp()";

  /** With the clock, whether or not there are lapses. */
  private static final String LAPSES =
      """
      select c.now, l.*
        from (select clock_timestamp() as now) c
        left join (
               select u.i, l.count, l.last_at
                 from unnest(?::uuid[], ?::uuid[]) with ordinality as u (group_id, claimant_id, i)
                cross join lateral (
                        select count, last_at
                          from lapses
                         where group_id = u.group_id and claimant_id = u.claimant_id
                        offset 0) l
                where (select exists (select from lapses where group_id = any(?)))
               offset 0) l on true
      """;

  private final Connection connection;
  private final HolderKinds kinds;
  private final KnownClaimants known;
  private final long epoch;
  private final Map<HolderId, HolderRows<?>> owners = new HashMap<>();
  private final Found found = new Found();

  /**
   * @param epoch to which what is read belongs
   */
  BatchReads(Connection connection, HolderKinds kinds, KnownClaimants known, long epoch) {
    this.connection = connection;
    this.kinds = kinds;
    this.known = known;
    this.epoch = epoch;
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
    if (takes.isEmpty()) {
      steps.add(clock(found));
      RoundTrip.send(connection, steps);
    } else {
      steps.add(lapses(takes, found));
      earlier(takes, steps);
    }
    forgetMisnamed(takes);
    return found.state();
  }

  /**
   * Looks for what claimants got before, unless they are new, which shows once the pools are
   * locked: who seems to be new is looked for afterwards when that was wrong.
   */
  private void earlier(List<Take> takes, List<Step> steps) throws SQLException {
    Set<PoolId> pools = new HashSet<>();
    takes.forEach(take -> pools.addAll(take.pools()));
    Map<PoolId, Long> toRead = known.toRead(pools);
    int readMax = Math.max(READ_MIN, takes.size() * READ_FOR_EACH) / Math.max(1, toRead.size()) + 1;
    long changes = known.changes();
    List<Take> perhapsNew = new ArrayList<>(takes.size());
    List<Take> others = new ArrayList<>();
    for (Take take : takes) {
      (known.isPerhapsNew(take, readMax) ? perhapsNew : others).add(take);
    }
    steps.addAll(earlier(others, found));
    if (!toRead.isEmpty()) {
      steps.add(ClaimsRead.step(connection, toRead, readMax, known, epoch));
    }
    RoundTrip.send(connection, steps);
    List<Pool> locked = pools.stream().map(found.pools::get).filter(Objects::nonNull).toList();
    known.seen(locked, toRead);
    perhapsNew.removeIf(take -> known.isNew(take, found.pools, changes));
    if (!perhapsNew.isEmpty()) {
      RoundTrip.send(connection, earlier(perhapsNew, found));
    }
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
    return RoundTrip.rows(CLOCK, List.of(), row -> found.now = instant(row, 1));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
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
          found.now = instant(row, 1);
          int member = row.getInt(2);
          if (!row.wasNull()) {
            found.lapses.put(members.get(member - 1), new Lapses(row.getLong(3), instant(row, 4)));
          }
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
