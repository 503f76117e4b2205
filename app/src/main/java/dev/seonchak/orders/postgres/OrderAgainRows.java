package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Earlier;
import dev.seonchak.allocation.HolderRows;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Decision.Resolved;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Holding;
import dev.seonchak.engine.Outcome.Granted;
import dev.seonchak.engine.Remembered;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.orders.Happening;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;

/**
 * What taking stock again for an expired order adds to a batch: the order's new claims and
 * deadline. Its row is locked after the batch's pools, as the order of locks wants it.
 */
@Component
public final class OrderAgainRows implements HolderRows<OrderAgain> {
  private static final String ATTEMPTS =
      """
      select u.i, o.items, o.quantities, o.again_sequences, o.again_at, o.held_until
        from unnest(?::uuid[], ?::uuid[]) with ordinality as u (id, again_key, i)
       cross join lateral (
               select *
                 from orders
                where id = u.id and again_key = u.again_key
               offset 0) o
      """;

  @Override
  public Class<OrderAgain> kind() {
    return OrderAgain.class;
  }

  @Override
  public List<RoundTrip.Step> earlier(List<Take> takes, Earlier found) {
    return List.of(attempts(takes, found), EarlierOrders.step(takes, found));
  }

  private static RoundTrip.Step attempts(List<Take> takes, Earlier found) {
    UUID[] orders = new UUID[takes.size()];
    UUID[] attempts = new UUID[takes.size()];
    for (int i = 0; i < takes.size(); i++) {
      OrderAgain again = (OrderAgain) takes.get(i).holder();
      orders[i] = again.id().value();
      attempts[i] = again.attempt();
    }
    return RoundTrip.rows(
        ATTEMPTS,
        List.of(new UuidArray(orders), new UuidArray(attempts)),
        row -> {
          Take take = takes.get(row.getInt(1) - 1);
          Granted granted =
              new Granted(
                  take.holder().id(),
                  Grants.at(row, 2),
                  row.getObject(5, OffsetDateTime.class).toInstant(),
                  row.getObject(6, OffsetDateTime.class).toInstant());
          found.success(take.ownKey(), new Remembered(take.fingerprint(), granted));
        });
  }

  /** Its money may be here already, and must not go back while there is stock. */
  @Override
  public boolean refusesHoarders() {
    return false;
  }

  /** An order that is not EXPIRED any more fails its take alone, and nothing is taken for it. */
  @Override
  public List<RoundTrip.Step> insert(Connection connection, List<Taken> granted)
      throws SQLException {
    try (var statement = connection.prepareStatement(RowLocks.AGAIN)) {
      for (Taken taken : granted) {
        Granted hold = taken.granted();
        OrderAgain again = (OrderAgain) taken.take().holder();
        long[] sequences = Grants.sequences(hold.grants());
        statement.setArray(
            1, connection.unwrap(PGConnection.class).createArrayOf("int8", sequences));
        statement.setObject(2, again.attempt());
        statement.setObject(3, hold.at().atOffset(ZoneOffset.UTC));
        statement.setObject(4, hold.deadline().atOffset(ZoneOffset.UTC));
        statement.setObject(5, again.id().value());
        if (statement.executeUpdate() != 1) {
          throw new IllegalStateException("order " + again.id().value() + " is not expired");
        }
        History.append(
            connection,
            new UUID[] {again.id().value()},
            new String[] {Happening.What.HELD_AGAIN.name()},
            new @Nullable UUID[] {null},
            hold.at());
      }
    }
    return List.of();
  }

  /** The order itself is locked by {@link OrderRows}. */
  @Override
  public Map<HolderId, Holding> lock(Connection connection, List<HolderId> holders) {
    return Map.of();
  }

  @Override
  public void release(Connection connection, Decision decision, List<Resolved> releases) {
    throw new IllegalStateException("orders are released by their own rows");
  }
}
