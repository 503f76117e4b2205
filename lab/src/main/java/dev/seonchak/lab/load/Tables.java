package dev.seonchak.lab.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** Brings the platform's tables into the state in which a round begins. */
final class Tables {
  private Tables() {}

  /**
   * A pool that has been open for an hour.
   *
   * @param taken units and claims so far
   */
  record NewPool(UUID id, UUID drop, long capacity, int limitPerPerson, long taken) {}

  static void empty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Rightly the platform lets nobody empty its ledger, which hangs on orders; here it is empty.
      statement.execute(
          """
          set session_replication_role = replica;
          truncate pools, claims, tallies, lapses, orders cascade;
          reset session_replication_role
          """);
    }
  }

  static void insert(Connection connection, List<NewPool> pools) throws SQLException {
    String sql =
        """
        insert into pools (id, group_id, capacity, taken, next_sequence, limit_per_claimant, opens_at)
        values (?, ?, ?, ?, ?, ?, now() - interval '1 hour')
        """;
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (NewPool pool : pools) {
        statement.setObject(1, pool.id());
        statement.setObject(2, pool.drop());
        statement.setLong(3, pool.capacity());
        statement.setLong(4, pool.taken());
        statement.setLong(5, pool.taken() + 1);
        statement.setInt(6, pool.limitPerPerson());
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
