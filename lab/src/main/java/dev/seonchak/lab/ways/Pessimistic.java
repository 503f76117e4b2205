package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Locks the pool's row, reads it, decides, writes. Everybody else waits from the lock until the
 * commit has reached the disk: six round trips and one fsync per buyer, one buyer after the other.
 */
final class Pessimistic implements Way {
  private final Database database;

  Pessimistic(Servers servers, int connections) {
    database = Database.ofTransactions(servers, connections);
  }

  @Override
  public Answer hold(Hold hold) throws SQLException {
    return database.hold(hold, connection -> decide(connection, hold));
  }

  private static Answer decide(Connection connection, Hold hold) throws SQLException {
    Optional<Answer.Held> before = Rows.remembered(connection, hold);
    if (before.isPresent()) {
      return before.get();
    }
    List<Long> sequences = new ArrayList<>();
    for (Hold.Line line : hold.lines()) {
      Locked pool = lock(connection, line.pool());
      if (!pool.open()) {
        return new Answer.Refused("closed");
      }
      if (units(connection, hold, line) + line.quantity() > pool.limit()) {
        return new Answer.Refused("limit-reached");
      }
      if (pool.taken() + line.quantity() > pool.capacity()) {
        return new Answer.Refused("sold-out");
      }
      Rows.insertClaim(connection, hold, line, pool.nextSequence());
      Rows.addUnits(connection, hold, line, pool.limit());
      count(connection, line);
      sequences.add(pool.nextSequence());
    }
    Rows.insertOrder(connection, hold, sequences);
    return new Answer.Held(hold.order(), List.copyOf(sequences));
  }

  private record Locked(long capacity, long taken, long nextSequence, int limit, boolean open) {}

  private static Locked lock(Connection connection, UUID pool) throws SQLException {
    String sql =
        """
        select capacity, taken, next_sequence, coalesce(limit_per_claimant, 2147483647),
               opens_at <= clock_timestamp()
                 and (closes_at is null or clock_timestamp() < closes_at)
        from pools where id = ? for update
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, pool);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Locked(
            rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getInt(4), rows.getBoolean(5));
      }
    }
  }

  private static long units(Connection connection, Hold hold, Hold.Line line) throws SQLException {
    String sql = "select units from tallies where pool_id = ? and claimant_id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, line.pool());
      statement.setObject(2, hold.claimant());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private static void count(Connection connection, Hold.Line line) throws SQLException {
    String sql =
        "update pools set taken = taken + ?, next_sequence = next_sequence + 1 where id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, line.quantity());
      statement.setObject(2, line.pool());
      statement.executeUpdate();
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
