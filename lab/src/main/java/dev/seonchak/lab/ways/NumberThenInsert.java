package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts outside the database, where it costs little, and then inserts; no row is shared, so nobody
 * waits for anybody, and commits share their fsync. The counter and the rows are two truths: a
 * process that ends between them leaves units that nobody has and nobody can buy.
 */
final class NumberThenInsert implements Way {
  private final Database database;
  private final Numbers numbers;
  private final Map<UUID, PoolRow> pools = new ConcurrentHashMap<>();

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
    PoolRow pool = pools.get(hold.line().pool());
    if (pool == null || !pool.open()) {
      return new Answer.Refused("closed");
    }
    Answer counted = numbers.take(hold, pool);
    return counted instanceof Answer.Held taken ? insert(hold, pool, taken) : counted;
  }

  private Answer insert(Hold hold, PoolRow pool, Answer.Held taken) throws Exception {
    boolean kept = false;
    try {
      Answer answer = database.hold(hold, connection -> insert(connection, hold, pool, taken));
      kept = answer.equals(taken);
      return answer;
    } finally {
      if (!kept) {
        numbers.giveBack(hold, taken);
      }
    }
  }

  private static Answer insert(Connection connection, Hold hold, PoolRow pool, Answer.Held taken)
      throws Exception {
    if (!Rows.addUnits(connection, hold, hold.line(), pool.limit())) {
      return new Answer.Refused("limit-reached");
    }
    Rows.insertClaim(connection, hold, hold.line(), taken.sequences().getFirst());
    Rows.insertOrder(connection, hold, taken.sequences());
    return taken;
  }

  /** The counter is elsewhere, and the check shall compare it with the rows. */
  @Override
  public void end(Connection connection) throws Exception {
    String sql =
        "update pools set next_sequence = next_sequence + ? - taken, taken = ? where id = ?";
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (PoolRow pool : pools.values()) {
        long taken = numbers.taken(pool);
        statement.setLong(1, taken);
        statement.setLong(2, taken);
        statement.setObject(3, pool.id());
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  @Override
  public void close() {
    database.close();
    numbers.close();
  }
}
