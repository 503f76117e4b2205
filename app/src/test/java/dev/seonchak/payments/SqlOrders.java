package dev.seonchak.payments;

import dev.seonchak.orders.Order;
import dev.seonchak.orders.Paying;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders of one pool, as rows of the real tables and nothing else: what payments are tried on. */
final class SqlOrders implements Paying {
  private final JdbcClient database;
  private final TransactionTemplate transaction;

  SqlOrders(JdbcClient database, TransactionTemplate transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  @Override
  public Payable payable(OrderId order, AccountId buyer) {
    return database
        .sql(
            """
            select state, amount, held_until < clock_timestamp() as over
            from orders where id = ? and buyer_id = ?
            """)
        .param(order.value())
        .param(buyer.value())
        .query((row, _) ->
            row.getString("state").equals("PENDING") && !row.getBoolean("over")
                ? new Payable.Yes(order, buyer, new Money(row.getLong("amount")), "A lamp", 1)
                : new Payable.Not(Order.State.valueOf(row.getString("state"))))
        .optional()
        .map(Payable.class::cast)
        .orElseGet(Payable.Unknown::new);
  }

  @Override
  public Order.State lock(OrderId order) {
    return Order.State.valueOf(
        database
            .sql("select state from orders where id = ? for update")
            .param(order.value())
            .query(String.class)
            .single());
  }

  @Override
  public Begun begin(OrderId order) {
    return switch (lock(order)) {
      case PENDING ->
          move(order, "PAYING", "and held_until > clock_timestamp()") == 1
              ? Begun.PAYING
              : Begun.TOO_LATE;
      case EXPIRED -> Begun.TOO_LATE;
      default -> Begun.NOT_PENDING;
    };
  }

  @Override
  public void paid(OrderId order) {
    if (lock(order) != Order.State.PAYING) {
      throw new IllegalStateException("not PAYING");
    }
    move(order, "PAID", "");
    claim(order, "C");
  }

  @Override
  public void notPaid(OrderId order) {
    if (lock(order) != Order.State.PAYING) {
      throw new IllegalStateException("not PAYING");
    }
    move(order, "PENDING", "");
  }

  @Override
  public boolean holdAgain(OrderId order, Late why) {
    return Boolean.TRUE.equals(
        transaction.execute(status -> {
          expire(order);
          if (lock(order) != Order.State.EXPIRED) {
            return false;
          }
          var taken =
              database
                  .sql(
                      """
                      update pools set taken = taken + 1
                      where id = (select pool_id from claims where holder_id = ?) and taken < capacity
                      """)
                  .param(order.value())
                  .update();
          if (taken == 0) {
            return false;
          }
          claim(order, "H");
          database
              .sql(
                  """
                  update orders set state = 'PENDING', held_until = clock_timestamp() + interval '1 min'
                  where id = ?
                  """)
              .param(order.value())
              .update();
          return true;
        }));
  }

  /** Puts the deadline so far ahead. */
  void dueIn(OrderId order, long millis) {
    database
        .sql("update orders set held_until = clock_timestamp() + ? * interval '1 ms' where id = ?")
        .param(millis)
        .param(order.value())
        .update();
  }

  /** What the sweeper does once the deadline has passed. */
  boolean expire(OrderId order) {
    return Boolean.TRUE.equals(
        transaction.execute(status -> {
          if (lock(order) != Order.State.PENDING
              || move(order, "EXPIRED", "and held_until <= clock_timestamp()") == 0) {
            return false;
          }
          database
              .sql(
                  """
                  update pools set taken = taken - 1
                  where id = (select pool_id from claims where holder_id = ?)
                  """)
              .param(order.value())
              .update();
          claim(order, "E");
          return true;
        }));
  }

  private int move(OrderId order, String to, String condition) {
    return database
        .sql("update orders set state = ? where id = ? " + condition)
        .param(to)
        .param(order.value())
        .update();
  }

  private void claim(OrderId order, String state) {
    database
        .sql("update claims set state = ?::\"char\" where holder_id = ?")
        .param(state)
        .param(order.value())
        .update();
  }

  /** A pool with a number of pieces. */
  UUID pool(int capacity) {
    var id = UUID.randomUUID();
    database
        .sql("insert into pools (id, group_id, capacity) values (?, ?, ?)")
        .param(id)
        .param(id)
        .param(capacity)
        .update();
    return id;
  }

  /** A PENDING order of one piece of a pool. */
  OrderId held(UUID pool, AccountId buyer, long amount, long holdMillis) {
    var id = new OrderId(UUID.randomUUID());
    transaction.executeWithoutResult(status -> {
      database
          .sql("update pools set taken = taken + 1, next_sequence = next_sequence + 1 where id = ?")
          .param(pool)
          .update();
      database
          .sql(
              """
              insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount, items,
                                  quantities, sequences, created_at, expires_at, held_until)
              values (:id, :pool, :buyer, :id, 0, 'PENDING', :amount, array[:pool]::uuid[], '{1}', '{1}', clock_timestamp(),
                      clock_timestamp() + :millis * interval '1 ms',
                      clock_timestamp() + :millis * interval '1 ms')
              """)
          .param("id", id.value())
          .param("pool", pool)
          .param("buyer", buyer.value())
          .param("amount", amount)
          .param("millis", holdMillis)
          .update();
      database
          .sql(
              """
              insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)
              select ?, next_sequence - 1, ?, ?, 1, 'H' from pools where id = ?
              """)
          .param(pool)
          .param(id.value())
          .param(buyer.value())
          .param(pool)
          .update();
    });
    return id;
  }

  /** What the seller does to the order itself when giving all of its money back. */
  void refunded(OrderId order) {
    move(order, "REFUNDED", "");
  }

  String state(OrderId order) {
    return database
        .sql("select state from orders where id = ?")
        .param(order.value())
        .query(String.class)
        .single();
  }
}
