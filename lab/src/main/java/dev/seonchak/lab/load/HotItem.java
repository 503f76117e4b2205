package dev.seonchak.lab.load;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
  private final long claimsBefore;
  private @Nullable Target target;

  private record Target(UUID drop, UUID pool, long capacity) {}

  private HotItem(long capacityAtFirst, long capacityLater, long claimsBefore) {
    this.capacityAtFirst = capacityAtFirst;
    this.capacityLater = capacityLater;
    this.claimsBefore = claimsBefore;
  }

  /** A pool without claims in tables without rows, new for each round. */
  public static HotItem fresh() {
    return new HotItem(ENOUGH, ENOUGH, 0);
  }

  /**
   * A fresh pool that runs out in the middle of a round, which is when wrong ways sell too many.
   */
  public static HotItem scarce(long capacity) {
    return new HotItem(capacity, capacity, 0);
  }

  /** Scarce in the first round, to see what that breaks, and enough in the others, for figures. */
  public static HotItem scarceAtFirst(long capacity) {
    return new HotItem(capacity, ENOUGH, 0);
  }

  /**
   * A pool that has sold so many already, with their orders and units per person; filled once, and
   * every round goes on with it.
   */
  public static HotItem aged(long claims) {
    return new HotItem(ENOUGH, ENOUGH, claims);
  }

  /** One that another process has prepared. */
  public static HotItem of(UUID drop, UUID pool) {
    HotItem item = fresh();
    item.target = new Target(drop, pool, ENOUGH);
    return item;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    if (claimsBefore > 0 && target != null) {
      return;
    }
    Target next =
        new Target(
            UUID.randomUUID(), UUID.randomUUID(), target == null ? capacityAtFirst : capacityLater);
    Tables.empty(connection);
    Tables.insert(
        connection,
        List.of(
            new Tables.NewPool(
                next.pool(),
                next.drop(),
                next.capacity(),
                Requests.LIMIT_PER_PERSON,
                claimsBefore)));
    if (claimsBefore > 0) {
      try (Statement statement = connection.createStatement()) {
        fill(statement, next);
      }
    }
    target = next;
  }

  /**
   * Old orders are paid and their ids lie in the past, one millisecond each, as the platform's
   * would; the people are as random as those of a round.
   */
  private void fill(Statement statement, Target next) throws SQLException {
    statement.execute("set synchronous_commit = off");
    statement.execute(
        """
        create temp table sold as
        select n as sequence, gen_random_uuid() as claimant, gen_random_uuid() as key,
               encode(int8send(((extract(epoch from now()) * 1000)::bigint - 7 * 86400000 - %1$d + n)
                               << 16 | 28672 | n %% 4096), 'hex') as made
        from generate_series(1, %1$d) n
        """
            .formatted(claimsBefore));
    statement.execute(
        """
        insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)
        select '%s', sequence, (made || left(md5(key::text), 16))::uuid, claimant, 1, 'C'
        from sold order by sequence
        """
            .formatted(next.pool()));
    statement.execute(
        "insert into tallies (pool_id, claimant_id, units) select '%s', claimant, 1 from sold"
            .formatted(next.pool()));
    statement.execute(
        """
        insert into orders (id, drop_id, buyer_id, idempotency_key, fingerprint, state, amount,
                            items, quantities, sequences, answers,
                            created_at, expires_at, held_until)
        select (made || left(md5(key::text), 16))::uuid, '%s', claimant, key, sequence, 'CONFIRMED',
               %d, array['%s'::uuid], array[1], array[sequence], '%s',
               now() - interval '7 days', now() - interval '7 days', now() - interval '7 days'
        from sold order by sequence
        """
            .formatted(next.drop(), Requests.PRICE, next.pool(), Requests.ANSWERS));
    statement.execute("drop table sold");
    statement.execute("vacuum (analyze) pools, claims, tallies, orders");
    statement.execute("checkpoint");
    statement.execute("reset synchronous_commit");
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
