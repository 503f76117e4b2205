package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A row for every unit instead of a counter. Each buyer locks the first free one that nobody else
 * has locked, so nobody waits for anybody and commits share their fsync. What is paid instead: as
 * many rows as there are units, and at each search the way past all that are just being taken.
 */
final class UnitRows implements Way {
  /** More than a round can sell; a stock that never ends cannot be written down row by row. */
  private static final int UNITS_MAX = 60_000;

  private static final int UNITS_OF_A_POOL_MIN = 30;

  private final Database database;

  UnitRows(Servers servers, int connections) {
    database = Database.ofTransactions(servers, connections);
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          drop table if exists units;
          create table units (
            pool_id  uuid not null,
            number   bigint not null,
            order_id uuid,
            primary key (pool_id, number)
          );
          insert into units (pool_id, number)
          select id, n from pools, generate_series(next_sequence, next_sequence - 1
            + least(capacity - taken, greatest(%d / (select count(*) from pools), %d))) n;
          create index units_free on units (pool_id, number) where order_id is null
          """
              .formatted(UNITS_MAX, UNITS_OF_A_POOL_MIN));
      statement.execute("vacuum (analyze) units");
    }
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    return database.hold(hold, connection -> decide(connection, hold, hold.line()));
  }

  private static Answer decide(Connection connection, Hold hold, Hold.Line line)
      throws SQLException {
    PoolRow pool = PoolRow.read(connection, line.pool());
    if (!pool.open()) {
      return new Answer.Refused("closed");
    }
    if (!Rows.addUnits(connection, hold, line, pool.limit())) {
      return new Answer.Refused("limit-reached");
    }
    List<Long> numbers = take(connection, hold, line);
    if (numbers.size() < line.quantity()) {
      return new Answer.Refused("sold-out");
    }
    long sequence = numbers.getFirst();
    Rows.insertClaim(connection, hold, line, sequence);
    Rows.insertOrder(connection, hold, List.of(sequence));
    return new Answer.Held(hold.order(), List.of(sequence));
  }

  private static List<Long> take(Connection connection, Hold hold, Hold.Line line)
      throws SQLException {
    String sql =
        """
        with free as (
          select number from units where pool_id = ? and order_id is null
          order by number limit ? for update skip locked
        ), taken as (
          update units u set order_id = ? from free
          where u.pool_id = ? and u.number = free.number
          returning u.number
        )
        select array(select number from taken order by number)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, line.pool());
      statement.setInt(2, line.quantity());
      statement.setObject(3, hold.order());
      statement.setObject(4, line.pool());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return List.of((Long[]) rows.getArray(1).getArray());
      }
    }
  }

  /** The units are the truth, so the pool's own counters follow them. */
  @Override
  public void end(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          update pools p set taken = taken + u.units, next_sequence = next_sequence + u.units
          from (select pool_id, count(order_id) as units from units group by pool_id) u
          where u.pool_id = p.id
          """);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
