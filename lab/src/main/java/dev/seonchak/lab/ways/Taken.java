package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a conditional update took.
 *
 * @param limit of units per person, still to be looked at
 */
record Taken(long sequence, int limit) {

  /** Counts the line if there is so much left, and locks the row; null when there is not. */
  static @Nullable Taken of(Connection connection, Hold.Line line) throws SQLException {
    String sql =
        """
        update pools set taken = taken + ?, next_sequence = next_sequence + 1
        where id = ? and taken + ? <= capacity and opens_at <= clock_timestamp()
          and (closes_at is null or clock_timestamp() < closes_at)
        returning next_sequence - 1, coalesce(limit_per_claimant, 2147483647)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, line.quantity());
      statement.setObject(2, line.pool());
      statement.setInt(3, line.quantity());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? new Taken(rows.getLong(1), rows.getInt(2)) : null;
      }
    }
  }
}
