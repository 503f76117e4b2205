package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.CopyRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Who did what to an order when, as batches write it. */
final class History {
  private static final String COLUMNS = "order_history (order_id, at, what)";

  private History() {}

  static void append(Connection connection, UUID[] orders, String[] what, Instant at)
      throws SQLException {
    var rows = new CopyRows(COLUMNS);
    for (int i = 0; i < orders.length; i++) {
      rows.row(3).uuid(orders[i]).timestamp(at).text(what[i]);
    }
    rows.send(connection);
  }
}
