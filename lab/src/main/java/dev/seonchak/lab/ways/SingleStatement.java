package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Counter, claim, units and order in one statement that commits itself: the least that a buyer of
 * his own transaction can do. What is left is the row lock held over one fsync.
 *
 * <p>Statements inside one statement cannot undo each other, so a limit that is passed divides by
 * zero, which undoes them all.
 */
final class SingleStatement implements Way {
  private static final String DIVISION_BY_ZERO = "22012";

  private final Database database;

  SingleStatement(Servers servers, int connections) {
    database = Database.ofStatements(servers, connections);
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    try {
      return database.hold(hold, connection -> decide(connection, hold));
    } catch (SQLException e) {
      if (DIVISION_BY_ZERO.equals(e.getSQLState())) {
        return new Answer.Refused("limit-reached");
      }
      throw e;
    }
  }

  private static Answer decide(Connection connection, Hold hold) throws SQLException {
    String sql =
        """
        with asked as (
          select ? as pool, ? as claimant, ? as quantity, ? as holder
        ), moved as (
          update pools set taken = taken + quantity, next_sequence = next_sequence + 1
          from asked
          where id = pool and taken + quantity <= capacity and opens_at <= clock_timestamp()
            and (closes_at is null or clock_timestamp() < closes_at)
          returning next_sequence - 1 as sequence, pool, claimant, quantity, holder,
                    coalesce(limit_per_claimant, 2147483647) as most
        ), counted as (
          insert into tallies as t (pool_id, claimant_id, units)
          select pool, claimant, case when quantity <= most then quantity else 1 / (most - most) end from moved
          on conflict (pool_id, claimant_id) do update
          set units = case
            when t.units + excluded.units <= (select most from moved)
            then t.units + excluded.units else 1 / (t.units - t.units) end
        ), claimed as (
          insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)
          select pool, sequence, holder, claimant, quantity, 'H' from moved
        ), ordered as (
          insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount,
                              items, quantities, sequences, answers,
                              created_at, expires_at, held_until)
          select holder, ?, claimant, ?, ?, 'PENDING', ?,
                 array[pool], array[quantity], array[sequence], ?::text,
                 now(), now() + %1$s, now() + %1$s
          from moved
        )
        select sequence from moved
        """
            .formatted(Rows.HOLD);
    Hold.Line line = hold.line();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, line.pool());
      statement.setObject(2, hold.claimant());
      statement.setInt(3, line.quantity());
      statement.setObject(4, hold.order());
      statement.setObject(5, hold.drop());
      statement.setObject(6, hold.key());
      statement.setLong(7, hold.fingerprint());
      statement.setLong(8, hold.amount());
      statement.setString(9, hold.answers());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? new Answer.Held(hold.order(), List.of(rows.getLong(1)))
            : new Answer.Refused("sold-out");
      }
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
