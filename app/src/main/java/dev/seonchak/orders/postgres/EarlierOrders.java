package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Earlier;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.GroupId;
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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What buyers got in a drop before: one walk through the index of {@link BuyerKey}s for each, which
 * ends at once for who is new.
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
                    where o.state not in ('CANCELLED', 'EXPIRED')
                    order by n)
        from unnest(?::uuid[], ?::uuid[]) with ordinality as u (first, last, i)
       cross join lateral (
               select *
                 from orders
                where buyer_key between u.first and u.last
               offset 0) o
      """;

  private EarlierOrders() {}

  /**
   * @param keys by buyer's key, for takes of which a success is to be found
   */
  static RoundTrip.Step step(List<Take> takes, Map<UUID, Take> keys, Earlier found) {
    Set<Member> distinct = LinkedHashSet.newLinkedHashSet(takes.size());
    for (Take take : takes) {
      distinct.add(new Member(take.group(), take.claimant()));
    }
    List<Member> members = List.copyOf(distinct);
    return new RoundTrip.Step(
        ORDERS,
        List.of(bounds(members, BuyerKey::first), bounds(members, BuyerKey::last)),
        statement -> read(statement, members, keys, found));
  }

  private interface Bound {
    UUID of(UUID drop, UUID buyer);
  }

  private static UuidArray bounds(List<Member> members, Bound bound) {
    return UuidArray.of(
        members, member -> bound.of(member.group().value(), member.claimant().value()));
  }

  private static void read(
      PreparedStatement statement, List<Member> members, Map<UUID, Take> keys, Earlier found)
      throws SQLException {
    Map<Share, Long> units = new HashMap<>();
    try (ResultSet row = statement.getResultSet()) {
      while (row.next()) {
        Member member = members.get(row.getInt(1) - 1);
        var drop = new GroupId(row.getObject(2, UUID.class));
        var buyer = new ClaimantId(row.getObject(3, UUID.class));
        if (!buyer.equals(member.claimant())) {
          continue;
        }
        if (drop.equals(member.group())) {
          addUnits(row, buyer, units);
        }
        // Also of another drop, for which the key may not be used again.
        Take take = keys.get(row.getObject(4, UUID.class));
        if (take != null) {
          found.success(take.ownKey(), remembered(row));
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
