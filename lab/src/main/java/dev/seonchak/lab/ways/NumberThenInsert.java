package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts outside the database, where it costs little, and then inserts; no row is shared, so nobody
 * waits for anybody, and commits share their fsync. The counter and the rows are two truths: a
 * process that ends between them leaves units that nobody has and nobody can buy.
 */
final class NumberThenInsert implements Way {
  private final Database database;
  private final Numbers numbers;
  private final Map<Object, PoolRow> pools = new ConcurrentHashMap<>();

  NumberThenInsert(Servers servers, int connections, Numbers numbers) {
    database = Database.ofTransactions(servers, connections);
    this.numbers = numbers;
  }

  @Override
  public void begin(Connection connection) throws Exception {
    pools.clear();
    for (PoolRow pool : PoolRow.all(connection)) {
      pools.put(pool.id(), pool);
      numbers.begin(pool);
    }
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    Hold.Line line = hold.line();
    PoolRow pool = pools.get(line.pool());
    if (pool == null || !pool.open()) {
      return new Answer.Refused("closed");
    }
    OptionalLong number = numbers.take(line);
    if (number.isEmpty()) {
      return new Answer.Refused("sold-out");
    }
    Answer mine = new Answer.Held(hold.order(), List.of(number.getAsLong()));
    boolean kept = false;
    try {
      Answer answer =
          database.hold(
              hold,
              connection -> {
                if (!Rows.addUnits(connection, hold, line, pool.limit())) {
                  return new Answer.Refused("limit-reached");
                }
                Rows.insertClaim(connection, hold, line, number.getAsLong());
                Rows.insertOrder(connection, hold, List.of(number.getAsLong()));
                return mine;
              });
      kept = answer.equals(mine);
      return answer;
    } finally {
      if (!kept) {
        numbers.giveBack(line, number.getAsLong());
      }
    }
  }

  /** The counter is elsewhere, and the check shall compare it with the rows. */
  @Override
  public void end(Connection connection) throws Exception {
    String sql =
        "update pools set next_sequence = next_sequence + ? - taken, taken = ? where id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (PoolRow pool : pools.values()) {
        statement.setLong(1, numbers.taken(pool));
        statement.setLong(2, numbers.taken(pool));
        statement.setObject(3, pool.id());
        statement.executeUpdate();
      }
    }
  }

  @Override
  public void close() {
    database.close();
    numbers.close();
  }
}
