package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Earlier;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome.Granted;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Remembered;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.engine.Share;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What buyers got in a drop before: one probe of the index of {@link BuyerKey}s for each, which
 * finds nothing for who is new. Of who is not, the units come from the tally or, as long as there
 * is none, from the few orders so far; and the key is looked for.
 */
final class EarlierOrders {
  /** Most pools have no tallies at all while a crowd comes for the first time. */
  private static final String ORDERS =
      """
      select u.i, t.units, w.units, w.orders, w.here,
             k.id, k.fingerprint, k.created_at, k.expires_at, k.items, k.quantities, k.sequences
        from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[])
             with ordinality as u (pool_id, buyer_id, first, last, key, i)
        left join lateral (
               select units
                 from tallies
                where (select exists (select from tallies where pool_id = any(?)))
                  and pool_id = u.pool_id and claimant_id = u.buyer_id
               offset 0) t on true
        left join lateral (
               select count(*) as orders,
                      bool_or(u.pool_id = any(o.items)) as here,
                      sum((select coalesce(sum(c.quantity - coalesce(c.returned, 0)), 0)
                             from unnest(o.items, coalesce(o.again_sequences, o.sequences))
                                    as l (item_id, sequence)
                            cross join lateral (
                                    select quantity, returned
                                      from claims
                                     where pool_id = l.item_id and sequence = l.sequence
                                       and state in ('H', 'C')
                                    offset 0) c
                            where l.item_id = u.pool_id)) as units
                 from orders o
                where t.units is null
                  and o.buyer_key between u.first and u.last
                  and o.buyer_id = u.buyer_id
               offset 0) w on true
        left join lateral (
               select *
                 from orders
                where (t.units is not null or w.orders > 0)
                  and buyer_key = u.key and buyer_id = u.buyer_id
               offset 0) k on true
       where t.units is not null or w.orders > 0
      """;

  private EarlierOrders() {}

  /** Finds successes under the keys of new orders, and what the buyers have of the takes' pools. */
  static RoundTrip.Step step(List<Take> takes, Earlier found) {
    List<Look> looks = looks(takes);
    Set<PoolId> pools = looks.stream().map(look -> look.share().pool()).collect(Collectors.toSet());
    return new RoundTrip.Step(
        ORDERS,
        List.of(
            UuidArray.of(looks, look -> look.share().pool().value()),
            UuidArray.of(looks, look -> look.share().claimant().value()),
            UuidArray.of(looks, Look::first),
            UuidArray.of(looks, Look::last),
            UuidArray.of(looks, Look::key),
            UuidArray.of(pools, PoolId::value)),
        statement -> read(statement, looks, found));
  }

  /**
   * @param share what is to be counted, from the first to the last key of its buyer in the drop
   * @param key the one whose success is wanted
   * @param counts whether this is the look that counts, not one for another key of the buyer
   */
  private record Look(Take take, Share share, UUID first, UUID last, UUID key, boolean counts) {}

  private static List<Look> looks(List<Take> takes) {
    Set<Share> seen = HashSet.newHashSet(takes.size());
    List<Look> looks = new ArrayList<>(takes.size());
    for (Take take : takes) {
      UUID drop = take.group().value();
      UUID buyer = take.claimant().value();
      UUID key = take.holder() instanceof NewOrder order ? order.key().value() : BuyerKey.NONE;
      for (Line line : take.lines()) {
        var share = new Share(line.pool(), take.claimant());
        if (seen.add(share)) {
          UUID first = BuyerKey.first(drop, buyer);
          looks.add(new Look(take, share, first, BuyerKey.last(drop, buyer), key, true));
        } else {
          looks.add(new Look(take, share, key, key, key, false));
        }
      }
    }
    return looks;
  }

  private static void read(PreparedStatement statement, List<Look> looks, Earlier found)
      throws SQLException {
    try (ResultSet row = statement.getResultSet()) {
      while (row.next()) {
        Look look = looks.get(row.getInt(1) - 1);
        if (look.counts()) {
          tell(row, look.share(), found);
        }
        UUID id = row.getObject(6, UUID.class);
        if (id != null) {
          found.success(look.take().ownKey(), remembered(row, new HolderId(id)));
        }
      }
    }
  }

  private static void tell(ResultSet row, Share share, Earlier found) throws SQLException {
    long tallied = row.getLong(2);
    if (row.wasNull()) {
      found.counted(share, row.getLong(3), row.getBoolean(5) ? row.getLong(4) : 0);
    } else {
      found.tallied(share, tallied);
    }
  }

  /** Built from what never changes, so that the answer is the same. */
  private static Remembered remembered(ResultSet row, HolderId order) throws SQLException {
    return new Remembered(
        row.getLong(7),
        new Granted(
            order,
            Grants.at(row, 10),
            row.getObject(8, OffsetDateTime.class).toInstant(),
            row.getObject(9, OffsetDateTime.class).toInstant()));
  }
}
