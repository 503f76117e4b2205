package dev.seonchak.lab.load;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everybody wants the same thing. Usually there is enough of it for the whole round, so that every
 * request is written and none is refused cheaply.
 */
public final class HotItem implements Workload {
  static final long ENOUGH = 1_000_000_000;

  private final long capacityAtFirst;
  private final long capacityLater;
  private final Past past;
  private @Nullable Target target;

  private record Target(UUID drop, UUID pool, long capacity) {}

  private HotItem(long capacityAtFirst, long capacityLater, Past past) {
    this.capacityAtFirst = capacityAtFirst;
    this.capacityLater = capacityLater;
    this.past = past;
  }

  /** A pool without claims in tables without rows, new for each round. */
  public static HotItem fresh() {
    return new HotItem(ENOUGH, ENOUGH, Past.NONE);
  }

  /**
   * A fresh pool that runs out in the middle of a round, which is when wrong ways sell too many.
   */
  public static HotItem scarce(long capacity) {
    return new HotItem(capacity, capacity, Past.NONE);
  }

  /** Scarce in the first round, to see what that breaks, and enough in the others, for figures. */
  public static HotItem scarceAtFirst(long capacity) {
    return new HotItem(capacity, ENOUGH, Past.NONE);
  }

  /**
   * A pool that has sold so many already, with their orders; filled once, and every round goes on
   * with it.
   */
  public static HotItem aged(long claims) {
    return new HotItem(ENOUGH, ENOUGH, Past.ofPool(claims));
  }

  /**
   * A pool without claims, new for each round, beside drops that have sold so many together, with
   * their orders; they are filled once, and what rounds sell stays too.
   */
  public static HotItem besides(long claims) {
    return new HotItem(ENOUGH, ENOUGH, Past.ofOthers(claims));
  }

  /** One that another process has prepared. */
  public static HotItem of(UUID drop, UUID pool) {
    HotItem item = fresh();
    item.target = new Target(drop, pool, ENOUGH);
    return item;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    boolean first = target == null;
    if (!first && past.isOfPool()) {
      return;
    }
    Target next =
        new Target(
            Requests.timeOrdered(),
            Requests.timeOrdered(),
            first ? capacityAtFirst : capacityLater);
    if (first || past.equals(Past.NONE)) {
      Tables.empty(connection);
    }
    Tables.insert(
        connection,
        List.of(
            new Tables.NewPool(
                next.pool(),
                next.drop(),
                next.capacity(),
                Requests.LIMIT_PER_PERSON,
                past.claimsOfPool())));
    if (first) {
      past.fill(connection, next.drop(), next.pool());
    }
    target = next;
  }

  @Override
  public List<Finding> check(Round round) {
    Target now = target;
    return now == null || now.capacity() == ENOUGH || round.refused() == 0
        ? Workload.super.check(round)
        : Given.exactly(now.capacity(), round);
  }

  @Override
  public Hold next() {
    Target now = target;
    if (now == null) {
      throw new IllegalStateException("prepare comes first");
    }
    return Requests.one(now.drop(), now.pool());
  }
}
