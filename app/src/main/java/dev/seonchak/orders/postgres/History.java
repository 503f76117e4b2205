package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.CopyRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did what to an order when, as batches write it. */
final class History {
  private static final String COLUMNS = "order_history (order_id, at, what, actor_id)";

  private History() {}

  /**
   * @param actors who did it, null when the platform did
   */
  static void append(
      Connection connection, UUID[] orders, String[] what, @Nullable UUID[] actors, Instant at)
      throws SQLException {
    var rows = new CopyRows(COLUMNS);
    for (int i = 0; i < orders.length; i++) {
      rows.row(4).uuid(orders[i]).timestamp(at).text(what[i]);
      UUID actor = actors[i];
      if (actor == null) {
        rows.none();
      } else {
        rows.uuid(actor);
      }
    }
    rows.send(connection);
  }
}
