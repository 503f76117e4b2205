package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.HolderRows;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Decision.Resolved;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Holding;
import dev.seonchak.engine.Outcome.Granted;
import dev.seonchak.engine.OwnKey;
import dev.seonchak.engine.Remembered;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.orders.Happening;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
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
  private static final String REMEMBERED =
      """
      select again_key, items, quantities, again_sequences, again_at, held_until
        from orders
       where id = ? and again_key = ?
      """;

  @Override
  public Class<OrderAgain> kind() {
    return OrderAgain.class;
  }

  /** One statement each: it happens once in a while, to a buyer who came back late. */
  @Override
  public Map<OwnKey, Remembered> remembered(Connection connection, List<Take> takes)
      throws SQLException {
    Map<OwnKey, Remembered> remembered = new HashMap<>();
    try (var statement = connection.prepareStatement(REMEMBERED)) {
      for (Take take : takes) {
        OrderAgain again = (OrderAgain) take.holder();
        statement.setObject(1, again.id().value());
        statement.setObject(2, again.attempt());
        try (var row = statement.executeQuery()) {
          if (row.next()) {
            Granted granted =
                new Granted(
                    again.id(),
                    Grants.at(row, 2),
                    row.getObject(5, OffsetDateTime.class).toInstant(),
                    row.getObject(6, OffsetDateTime.class).toInstant());
            remembered.put(take.ownKey(), new Remembered(take.fingerprint(), granted));
          }
        }
      }
    }
    return remembered;
  }

  /** An order that is not EXPIRED any more fails its take alone, and nothing is taken for it. */
  @Override
  public void insert(Connection connection, List<Taken> granted) throws SQLException {
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
