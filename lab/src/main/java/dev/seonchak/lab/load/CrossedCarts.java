package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Everybody wants one of each of the same three items, all or nothing, and names them in whatever
 * order: whoever locks them in that order meets others who hold what he waits for.
 */
public final class CrossedCarts implements Workload {
  private static final int LINES = 3;

  private List<Tables.NewPool> pools = List.of();

  @Override
  public void prepare(Connection connection) throws SQLException {
    UUID drop = UUID.randomUUID();
    pools =
        IntStream.range(0, LINES)
            .mapToObj(i ->
                new Tables.NewPool(
                    UUID.randomUUID(), drop, HotItem.ENOUGH, Requests.LIMIT_PER_PERSON, 0))
            .toList();
    Tables.empty(connection);
    Tables.insert(connection, pools);
  }

  @Override
  public Hold next() {
    List<Hold.Line> lines = new ArrayList<>(LINES);
    pools.forEach(pool -> lines.add(new Hold.Line(pool.id(), 1)));
    Collections.shuffle(lines, ThreadLocalRandom.current());
    return Requests.of(pools.getFirst().drop(), Requests.person(), lines);
  }
}
