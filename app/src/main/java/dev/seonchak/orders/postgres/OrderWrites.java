package dev.seonchak.orders.postgres;

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
    requireTransaction();
    jdbc.sql("update orders set state = :state where id = :id")
        .param("state", to.name())
        .param("id", order.value())
        .update();
    record(order, to.name(), actor);
  }

  /** Notes what happened to an order, at the database's time. */
  void record(OrderId order, String what, @Nullable AccountId actor) {
    jdbc.sql(
            """
            insert into order_history (order_id, at, what, actor_id)
            values (:order, clock_timestamp(), :what, :actor)
            """)
        .param("order", order.value())
        .param("what", what)
        .param("actor", actor == null ? null : actor.value())
        .update();
  }

  static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("there is no transaction");
    }
  }
}
