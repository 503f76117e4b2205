package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A pool's row, as one reads it before deciding.
 *
 * @param nextSequence changes with every claim, so it also serves as the version of the row
 * @param limit of units per person
 * @param open whether the window was open when it was read
 */
record PoolRow(UUID id, long capacity, long taken, long nextSequence, int limit, boolean open) {
  private static final String READ =
      """
      select id, capacity, taken, next_sequence, coalesce(limit_per_claimant, 2147483647),
             opens_at <= clock_timestamp() and (closes_at is null or clock_timestamp() < closes_at)
      from pools
      """;

  /** As it was committed last, which says nothing of a moment later. */
  static PoolRow read(Connection connection, UUID pool) throws SQLException {
    return select(connection, pool, READ + "where id = ?");
  }

  /** As it is until the transaction ends, since nobody else can lock or write it before. */
  static PoolRow lock(Connection connection, UUID pool) throws SQLException {
    return select(connection, pool, READ + "where id = ? for update");
  }

  static List<PoolRow> all(Connection connection) throws SQLException {
    List<PoolRow> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(of(rows));
      }
    }
    return all;
  }

  private static PoolRow select(Connection connection, UUID pool, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, pool);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return of(rows);
      }
    }
  }

  private static PoolRow of(ResultSet rows) throws SQLException {
    return new PoolRow(
        rows.getObject(1, UUID.class),
        rows.getLong(2),
        rows.getLong(3),
        rows.getLong(4),
        rows.getInt(5),
        rows.getBoolean(6));
  }

  /** Writes what was computed from what was read, whatever stands there by now. */
  boolean overwrite(Connection connection, Hold.Line line) throws SQLException {
    String sql = "update pools set taken = ?, next_sequence = ? where id = ?";
    return write(connection, sql, taken + line.quantity(), nextSequence + 1, id);
  }

  /** The same, when nothing has changed since; false when it has, and then nothing is written. */
  boolean overwriteUnchanged(Connection connection, Hold.Line line) throws SQLException {
    String sql = "update pools set taken = ?, next_sequence = ? where id = ? and next_sequence = ?";
    return write(connection, sql, taken + line.quantity(), nextSequence + 1, id, nextSequence);
  }

  private static boolean write(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate() == 1;
    }
  }
}
