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
    if (each(connection, sql, List.of(new Paid(order))) != 1) {
      throw new IllegalStateException("order %s is not pending".formatted(order));
    }
  }

  /**
   * Confirms orders and their claims.
   *
   * <p>The log tells of a commit a moment before other transactions see it, so what reads without
   * locking may still find the order pending, change nothing and lose the news. A lock waits for
   * the commit to be over.
   *
   * @return how many were not confirmed before
   */
  static int confirm(Connection connection, List<Paid> all) throws SQLException {
    each(connection, "select 1 from orders where id = ? for update", all);
    each(
        connection,
        """
        update claims c set state = 'C'
        from orders o
        where o.id = ? and o.state = 'PAID' and c.pool_id = o.items[1]
          and c.sequence = o.sequences[1] and c.state = 'H'
        """,
        all);
    return each(
        connection, "update orders set state = 'CONFIRMED' where id = ? and state = 'PAID'", all);
  }

  /** Executes a statement once for each; how many rows it changed. */
  private static int each(Connection connection, String sql, List<Paid> all) throws SQLException {
    int changed = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Paid one : all) {
        statement.setObject(1, one.order());
        if (!statement.execute()) {
          changed += statement.getUpdateCount();
        }
      }
    }
    return changed;
  }
}
