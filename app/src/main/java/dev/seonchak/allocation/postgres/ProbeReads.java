package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Pool;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Probe;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads how pools stand without locking anything. */
final class ProbeReads {
  /**
   * A statement of its own, before the pools are read: who wrote and left before it is seen by
   * their snapshot, and who comes after it waits before writing.
   */
  private static final String ALONE =
      """
      select not exists (
        select
          from pg_locks
         where locktype = 'advisory'
           and database = (select oid from pg_database where datname = current_database())
           and classid = %d
           and objsubid = 2
           and objid::bigint <> all (?))
      """
          .formatted(WriterConnections.WRITERS);

  private static final String POOLS =
      """
      select clock_timestamp(), p.*
        from (select 1) one
        left join lateral (
               select id, group_id, capacity, taken, next_sequence, limit_per_claimant,
                      opens_at, closes_at
                 from pools
                where id = any(?)) p on true
      """;

  private static final String CLAIMANTS =
      """
      select sequence, claimant_id
        from claims
       where pool_id = ? and sequence > ?
       order by sequence
       limit ?
      """;

  private final Connection connection;

  ProbeReads(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param epoch to which what is read belongs
   * @param own the numbers of this process's writers
   */
  Probe read(
      long epoch,
      Set<PoolId> pools,
      Map<PoolId, Long> claimantsAfter,
      int claimantsMax,
      Collection<Long> own)
      throws SQLException {
    Found found = new Found();
    RoundTrip.send(connection, List.of(alone(own, found), pools(pools, found)));
    Map<PoolId, Probe.Page> pages = new HashMap<>();
    for (var after : claimantsAfter.entrySet()) {
      pages.put(after.getKey(), claimants(after.getKey(), after.getValue(), claimantsMax));
    }
    return new Probe(epoch, found.alone, found.now, found.pools, pages);
  }

  /** What was read so far. */
  private static final class Found {
    private boolean alone;
    private Instant now = Instant.EPOCH;
    private final Map<PoolId, Pool> pools = new HashMap<>();
  }

  private RoundTrip.Step alone(Collection<Long> own, Found found) throws SQLException {
    return RoundTrip.rows(
        ALONE,
        List.of(connection.createArrayOf("int8", own.toArray())),
        row -> found.alone = row.getBoolean(1));
  }

  private static RoundTrip.Step pools(Set<PoolId> ids, Found found) {
    return RoundTrip.rows(
        POOLS,
        List.of(UuidArray.of(ids, PoolId::value)),
        row -> {
          found.now = row.getObject(1, OffsetDateTime.class).toInstant();
          if (row.getObject(2) != null) {
            Pool pool = PoolRow.at(row, 2);
            found.pools.put(pool.id(), pool);
          }
        });
  }

  private Probe.Page claimants(PoolId pool, long after, int max) throws SQLException {
    List<ClaimantId> claimants = new ArrayList<>();
    long through = after;
    try (var statement = connection.prepareStatement(CLAIMANTS)) {
      statement.setObject(1, pool.value());
      statement.setLong(2, after);
      statement.setInt(3, max);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          through = rows.getLong(1);
          claimants.add(new ClaimantId(rows.getObject(2, UUID.class)));
        }
      }
    }
    return new Probe.Page(claimants, through);
  }
}
