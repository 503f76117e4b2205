package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** So many drops of one item each, all wanted alike, and enough of each. */
public final class ManyItems implements Workload {
  private final int count;
  private List<Tables.NewPool> pools = List.of();

  public ManyItems(int count) {
    this.count = count;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    pools =
        IntStream.range(0, count)
            .mapToObj(i ->
                new Tables.NewPool(
                    Requests.timeOrdered(),
                    Requests.timeOrdered(),
                    HotItem.ENOUGH,
                    Requests.LIMIT_PER_PERSON,
                    0))
            .toList();
    Tables.empty(connection);
    Tables.insert(connection, pools);
    try (Statement statement = connection.createStatement()) {
      // Drops are published long before the rush, so the planner knows how many there are.
      statement.execute("vacuum (analyze) pools");
    }
  }

  @Override
  public Hold next() {
    Tables.NewPool pool = pools.get(ThreadLocalRandom.current().nextInt(count));
    return Requests.one(pool.drop(), pool.id());
  }
}
