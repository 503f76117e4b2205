package dev.seonchak.orders.postgres;

import dev.seonchak.orders.Happening.What;
import dev.seonchak.orders.Repaying;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes how the money of refunds fared. Thread-safe. */
@Component
final class PostgresRepaying implements Repaying {
  private final OrderWrites writes;
  private final JdbcClient jdbc;

  PostgresRepaying(OrderWrites writes, JdbcClient jdbc) {
    this.writes = writes;
    this.jdbc = jdbc;
  }

  @Override
  public void refused(OrderId order, UUID refund, String why) {
    OrderWrites.requireTransaction();
    jdbc.sql(
            """
            with refused as (
              update order_refunds set refused_at = clock_timestamp()
               where id = :refund and order_id = :order and refused_at is null
              returning amount)
            update orders set refunded = refunded - refused.amount
              from refused
             where id = :order
            """)
        .param("refund", refund)
        .param("order", order.value())
        .update();
    writes.record(order, What.REFUND_REFUSED, null, why);
  }

  @Override
  public void sentByHand(OrderId order, UUID refund, AccountId seller) {
    OrderWrites.requireTransaction();
    jdbc.sql(
            """
            with sent as (
              update order_refunds set refused_at = null
               where id = :refund and order_id = :order and refused_at is not null
              returning amount)
            update orders set refunded = coalesce(refunded, 0) + sent.amount
              from sent
             where id = :order
            """)
        .param("refund", refund)
        .param("order", order.value())
        .update();
    writes.record(order, What.SENT_BACK, seller, null);
  }
}
