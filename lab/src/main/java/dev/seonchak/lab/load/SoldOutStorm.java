package dev.seonchak.lab.load;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Of a hundred who want it one can win; everybody else must be told so, and fast. */
public final class SoldOutStorm implements Workload {
  private static final int REQUESTS_FOR_EACH = 100;

  private final int turns;
  private final long capacity;
  private final UUID drop = UUID.randomUUID();
  private UUID pool = UUID.randomUUID();

  /**
   * @param turns of each of so many callers
   */
  public SoldOutStorm(int callers, int turns) {
    this.turns = turns;
    capacity = Math.max(1, (long) callers * turns / REQUESTS_FOR_EACH);
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    pool = UUID.randomUUID();
    Tables.empty(connection);
    Tables.insert(
        connection,
        List.of(new Tables.NewPool(pool, drop, capacity, Requests.LIMIT_PER_PERSON, 0)));
  }

  @Override
  public Hold next() {
    return Requests.one(drop, pool);
  }

  @Override
  public int turns() {
    return turns;
  }

  @Override
  public List<Finding> check(Round round) {
    return Given.exactly(capacity, round);
  }
}
