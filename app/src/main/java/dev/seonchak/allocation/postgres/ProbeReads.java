package dev.seonchak.allocation.postgres;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads how pools stand without locking anything. */
final class ProbeReads {
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

  Probe read(Set<PoolId> pools, Map<PoolId, Long> claimantsAfter, int claimantsMax)
      throws SQLException {
    Map<PoolId, Pool> found = new HashMap<>();
    Instant now = Instant.EPOCH;
    try (var statement = connection.prepareStatement(POOLS)) {
      statement.setObject(1, new UuidArray(pools.stream().map(PoolId::value).toArray(UUID[]::new)));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          now = rows.getObject(1, OffsetDateTime.class).toInstant();
          if (rows.getObject(2) != null) {
            Pool pool = PoolRow.at(rows, 2);
            found.put(pool.id(), pool);
          }
        }
      }
    }
    Map<PoolId, Probe.Page> pages = new HashMap<>();
    for (var after : claimantsAfter.entrySet()) {
      pages.put(after.getKey(), claimants(after.getKey(), after.getValue(), claimantsMax));
    }
    return new Probe(now, found, pages);
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
