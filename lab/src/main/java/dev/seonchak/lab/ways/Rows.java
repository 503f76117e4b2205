package dev.seonchak.lab.ways;

import dev.seonchak.orders.postgres.BuyerKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements, one row each, that ways without batches have in common. */
final class Rows {
  /** Deadlines are the database's clock plus this. */
  static final String HOLD = "interval '5 minutes'";

  static final String CLAIM =
      """
      insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)
      values (?, ?, ?, ?, ?, 'H')
      """;

  static final String ORDER =
      """
      insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount,
                          items, quantities, sequences, answers,
                          created_at, expires_at, held_until)
      values (?, ?, ?, ?, ?, 'PENDING', ?, ?, ?, ?, ?, now(), now() + %1$s, now() + %1$s)
      """
          .formatted(HOLD);

  private static final String ADD_UNITS =
      """
      insert into tallies as t (pool_id, claimant_id, units)
      select ?, ?, wanted from (select ?::int as wanted) w where wanted <= ?
      on conflict (pool_id, claimant_id)
      do update set units = t.units + excluded.units where t.units + excluded.units <= ?
      """;

  private Rows() {}

  /** The order that was made under this key before, with its numbers. */
  static Optional<Answer.Held> remembered(Connection connection, Hold hold) throws SQLException {
    String sql = "select id, sequences from orders where buyer_key = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, hold.key());
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        Long[] sequences = (Long[]) rows.getArray(2).getArray();
        return Optional.of(new Answer.Held(rows.getObject(1, UUID.class), List.of(sequences)));
      }
    }
  }

  static void insertClaim(Connection connection, Hold hold, Hold.Line line, long sequence)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      bindClaim(statement, hold, line, sequence);
      statement.executeUpdate();
    }
  }

  static void bindClaim(PreparedStatement statement, Hold hold, Hold.Line line, long sequence)
      throws SQLException {
    statement.setObject(1, line.pool());
    statement.setLong(2, sequence);
    statement.setObject(3, hold.order());
    statement.setObject(4, hold.claimant());
    statement.setInt(5, line.quantity());
  }

  static void insertOrder(Connection connection, Hold hold, List<Long> sequences)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ORDER)) {
      bindOrder(statement, hold, sequences);
      statement.executeUpdate();
    }
  }

  static void bindOrder(PreparedStatement statement, Hold hold, List<Long> sequences)
      throws SQLException {
    Connection connection = statement.getConnection();
    List<Hold.Line> lines = hold.lines();
    statement.setObject(1, hold.order());
    statement.setObject(2, hold.drop());
    statement.setObject(3, hold.claimant());
    statement.setObject(4, hold.key());
    statement.setLong(5, hold.fingerprint());
    statement.setLong(6, hold.amount());
    statement.setArray(
        7, connection.createArrayOf("uuid", lines.stream().map(Hold.Line::pool).toArray()));
    statement.setArray(
        8, connection.createArrayOf("int4", lines.stream().map(Hold.Line::quantity).toArray()));
    statement.setArray(9, connection.createArrayOf("int8", sequences.toArray()));
    statement.setString(10, hold.answers());
  }

  /** Units of the pool that the claimant holds, right as long as nobody else can change them. */
  static long units(Connection connection, Hold hold, Hold.Line line) throws SQLException {
    String sql =
        """
        select coalesce(sum(l.quantity), 0)
          from orders o, unnest(o.items, o.quantities) as l (item_id, quantity)
         where o.buyer_key between ? and ? and o.buyer_id = ?
           and o.state not in ('CANCELLED', 'EXPIRED') and l.item_id = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, BuyerKey.first(hold.drop(), hold.claimant()));
      statement.setObject(2, BuyerKey.last(hold.drop(), hold.claimant()));
      statement.setObject(3, hold.claimant());
      statement.setObject(4, line.pool());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /**
   * Adds to what the claimant has of the pool, for ways in which nothing keeps two requests of one
   * person apart but a row of that person.
   *
   * @return false when that would be more than the limit, and then nothing was added
   */
  static boolean addUnits(Connection connection, Hold hold, Hold.Line line, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD_UNITS)) {
      statement.setObject(1, line.pool());
      statement.setObject(2, hold.claimant());
      statement.setInt(3, line.quantity());
      statement.setInt(4, limit);
      statement.setInt(5, limit);
      return statement.executeUpdate() == 1;
    }
  }
}
