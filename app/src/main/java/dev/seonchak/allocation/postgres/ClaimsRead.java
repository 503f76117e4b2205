package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.Column;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.PoolId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads claims that other processes wrote, or this one before it was started, in the order of their
 * numbers.
 */
final class ClaimsRead {
  private static final String NEXT =
      """
      select u.i, c.sequence, c.claimant_id
        from unnest(?::uuid[], ?::bigint[]) with ordinality as u (pool_id, after, i)
       cross join lateral (
               select sequence, claimant_id
                 from claims
                where pool_id = u.pool_id and sequence > u.after
                order by sequence
                limit ?) c
      """;

  private ClaimsRead() {}

  /**
   * @param after the number after which each pool's claims begin
   * @param max how many of each pool
   */
  static RoundTrip.Step step(
      Connection connection, Map<PoolId, Long> after, int max, KnownClaimants known, long epoch)
      throws SQLException {
    List<PoolId> pools = List.copyOf(after.keySet());
    return RoundTrip.rows(
        NEXT,
        List.of(
            UuidArray.of(pools, PoolId::value), Column.bigints(connection, pools, after::get), max),
        row ->
            known.read(
                pools.get(row.getInt(1) - 1),
                row.getLong(2),
                new ClaimantId(row.getObject(3, UUID.class)),
                epoch));
  }
}
