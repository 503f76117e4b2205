package dev.seonchak.orders.postgres;

import dev.seonchak.orders.Happening.What;
import dev.seonchak.orders.Order;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Changes single orders within the current transaction, each under its row's lock. Thread-safe. */
@Component
final class OrderWrites {
  private final JdbcClient jdbc;

  OrderWrites(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks the order; to be the first lock of its transaction. */
  Optional<Order.State> lock(OrderId order) {
    requireTransaction();
    return jdbc.sql(RowLocks.ONE)
        .param("id", order.value())
        .query(String.class)
        .optional()
        .map(Order.State::valueOf);
  }

  /**
   * Moves an order that this transaction has locked.
   *
   * @param actor who did it, null when the platform did
   */
  void move(OrderId order, Order.State to, @Nullable AccountId actor) {
    move(order, to, actor, null);
  }

  /** As {@link #move}, with a word about it. */
  void move(OrderId order, Order.State to, @Nullable AccountId actor, @Nullable String detail) {
    requireTransaction();
    jdbc.sql("update orders set state = :state where id = :id")
        .param("state", to.name())
        .param("id", order.value())
        .update();
    record(order, What.valueOf(to.name()), actor, detail);
  }

  /**
   * Notes what happened to an order, at the database's time.
   *
   * @param actor who did it, null when the platform did
   * @param detail what else there is to say, null for nothing
   */
  void record(OrderId order, What what, @Nullable AccountId actor, @Nullable String detail) {
    jdbc.sql(
            """
            insert into order_history (order_id, at, what, actor_id, detail)
            values (:order, clock_timestamp(), :what, :actor, :detail)
            """)
        .param("order", order.value())
        .param("what", what.name())
        .param("actor", actor == null ? null : actor.value())
        .param("detail", detail)
        .update();
  }

  /**
   * Notes what can happen again and again: while nothing else has happened since, the entry is
   * renewed, so that no buyer makes a history grow without end.
   */
  void recordLatest(OrderId order, What what, AccountId actor) {
    int renewed =
        jdbc.sql(
                """
                update order_history set at = clock_timestamp()
                 where order_id = :order and what = :what
                   and at = (select max(at) from order_history where order_id = :order)
                """)
            .param("order", order.value())
            .param("what", what.name())
            .update();
    if (renewed == 0) {
      record(order, what, actor, null);
    }
  }

  static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("there is no transaction");
    }
  }
}
