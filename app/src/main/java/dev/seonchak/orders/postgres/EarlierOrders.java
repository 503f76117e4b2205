package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Earlier;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Member;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What buyers got in a drop before: one walk through the index of {@link BuyerKey}s for each, which
 * ends at once for who is new. Orders that were given back are passed over, unless it is their key
 * that is asked for, so that ordering and cancelling without end slows nobody down.
 */
final class EarlierOrders {
  private static final String ORDERS =
      """
      select u.i, o.drop_id, o.buyer_id, o.buyer_key, o.items, o.quantities, o.sequences,
             o.id, o.fingerprint, o.created_at, o.expires_at,
             array(select coalesce((select quantity - coalesce(returned, 0)
                                      from claims c
                                     where c.pool_id = l.item_id
                                       and c.sequence = l.sequence
                                       and c.state in ('H', 'C')), 0)
                     from unnest(o.items, coalesce(o.again_sequences, o.sequences))
                          with ordinality as l (item_id, sequence, n)
                    order by n)
        from unnest(?::uuid[], ?::uuid[], ?::uuid[]) with ordinality as u (first, last, key, i)
       cross join lateral (
               select *
                 from orders
                where buyer_key between u.first and u.last
                  and (state not in ('CANCELLED', 'EXPIRED') or buyer_key = u.key)
               offset 0) o
      """;

  private EarlierOrders() {}

  /** Finds successes under the keys of new orders, and what the buyers have of the drops' pools. */
  static RoundTrip.Step step(List<Take> takes, Earlier found) {
    List<Walk> walks = walks(takes);
    return new RoundTrip.Step(
        ORDERS,
        List.of(
            UuidArray.of(walks, Walk::first),
            UuidArray.of(walks, Walk::last),
            UuidArray.of(walks, Walk::key)),
        statement -> read(statement, walks, found));
  }

  /**
   * @param key the one whose success is wanted
   * @param whole whether this is the walk that counts what the buyer has in the drop
   */
  private record Walk(Take take, UUID first, UUID last, UUID key, boolean whole) {}

  private static List<Walk> walks(List<Take> takes) {
    Set<Member> seen = HashSet.newHashSet(takes.size());
    List<Walk> walks = new ArrayList<>(takes.size());
    for (Take take : takes) {
      UUID drop = take.group().value();
      UUID buyer = take.claimant().value();
      UUID first = BuyerKey.first(drop, buyer);
      // Nothing is stored under the first, so that it stands for no key.
      UUID key = take.holder() instanceof NewOrder order ? order.key().value() : first;
      if (seen.add(new Member(take.group(), take.claimant()))) {
        walks.add(new Walk(take, first, BuyerKey.last(drop, buyer), key, true));
      } else {
        walks.add(new Walk(take, key, key, key, false));
      }
    }
    return walks;
  }

  private static void read(PreparedStatement statement, List<Walk> walks, Earlier found)
      throws SQLException {
    Map<Share, Long> units = new HashMap<>();
    try (ResultSet row = statement.getResultSet()) {
      while (row.next()) {
        Walk walk = walks.get(row.getInt(1) - 1);
        if (!row.getObject(3, UUID.class).equals(walk.take().claimant().value())) {
          continue;
        }
        if (walk.whole() && row.getObject(2, UUID.class).equals(walk.take().group().value())) {
          addUnits(row, walk.take().claimant(), units);
        }
        // Also of another drop, for which the key may not be used again.
        if (row.getObject(4, UUID.class).equals(walk.key())) {
          found.success(walk.take().ownKey(), remembered(row));
        }
      }
    }
    units.forEach(found::units);
  }

  private static void addUnits(ResultSet row, ClaimantId buyer, Map<Share, Long> units)
      throws SQLException {
    UUID[] items = (UUID[]) row.getArray(5).getArray();
    Integer[] held = (Integer[]) row.getArray(12).getArray();
    for (int i = 0; i < held.length; i++) {
      units.merge(new Share(new PoolId(items[i]), buyer), (long) held[i], Long::sum);
    }
  }

  /** Built from what never changes, so that the answer is the same. */
  private static Remembered remembered(ResultSet row) throws SQLException {
    return new Remembered(
        row.getLong(9),
        new Granted(
            new HolderId(row.getObject(8, UUID.class)),
            Grants.at(row, 5),
            row.getObject(10, OffsetDateTime.class).toInstant(),
            row.getObject(11, OffsetDateTime.class).toInstant()));
  }
}
