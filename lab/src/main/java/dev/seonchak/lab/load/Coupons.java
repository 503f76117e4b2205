package dev.seonchak.lab.load;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A hundred coupons, one each, and a thousand tries at once by people who each try four times: too
 * many coupons would be given by a race on the counter, two to one person by a race on the limit.
 */
public final class Coupons implements Workload {
  private static final int TRIES_FOR_EACH = 10;
  private static final int TRIES_OF_ONE = 4;

  private final int tries;
  private final UUID campaign = UUID.randomUUID();
  private final AtomicInteger nextTry = new AtomicInteger();
  private UUID pool = UUID.randomUUID();
  private List<UUID> people = List.of();

  public Coupons(int tries) {
    this.tries = tries;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    pool = UUID.randomUUID();
    people = IntStream.range(0, tries / TRIES_OF_ONE).mapToObj(i -> Requests.person()).toList();
    nextTry.set(0);
    Tables.empty(connection);
    Tables.insert(
        connection, List.of(new Tables.NewPool(pool, campaign, tries / TRIES_FOR_EACH, 1, 0)));
  }

  @Override
  public Hold next() {
    UUID person = people.get(nextTry.getAndIncrement() % people.size());
    return Requests.of(campaign, person, List.of(new Hold.Line(pool, 1)));
  }

  @Override
  public int turns() {
    return 1;
  }

  @Override
  public List<Finding> check(Round round) {
    return Given.exactly(tries / TRIES_FOR_EACH, round);
  }
}
