package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.UuidArray;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did what to an order when, as batches write it. */
final class History {
  private static final String INSERT =
      """
      insert into order_history (order_id, at, what, actor_id)
      select order_id, ?, what, actor_id
        from unnest(?::uuid[], ?::text[], ?::uuid[]) as h (order_id, what, actor_id)
      """;

  private History() {}

  /**
   * @param actors who did it, null when the platform did
   */
  static void append(
      Connection connection, UUID[] orders, String[] what, @Nullable UUID[] actors, Instant at)
      throws SQLException {
    try (var statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, at.atOffset(ZoneOffset.UTC));
      statement.setObject(2, new UuidArray(orders));
      statement.setArray(3, connection.createArrayOf("text", what));
      statement.setArray(4, connection.createArrayOf("uuid", actors));
      statement.executeUpdate();
    }
  }
}
