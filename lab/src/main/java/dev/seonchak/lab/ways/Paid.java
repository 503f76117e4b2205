package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The news that an order is paid, and what follows from it; doing it again changes nothing. */
record Paid(UUID order) {
  /** The order is paid from now on. */
  static void mark(Connection connection, UUID order) throws SQLException {
    String sql = "update orders set state = 'PAID' where id = ? and state = 'PENDING'";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, order);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("order %s is not pending".formatted(order));
      }
    }
  }

  /** Confirms orders and their claims in one round trip each. */
  static void confirm(Connection connection, List<Paid> all) throws SQLException {
    String claims =
        """
        update claims c set state = 'C'
        from orders o
        where o.id = ? and c.pool_id = o.items[1] and c.sequence = o.sequences[1]
          and c.state = 'H'
        """;
    String orders = "update orders set state = 'CONFIRMED' where id = ? and state = 'PAID'";
    for (String sql : List.of(claims, orders)) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (Paid one : all) {
          statement.setObject(1, one.order());
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }
  }
}
