package dev.seonchak.payments.postgres;

import dev.seonchak.orders.Refund.By;
import dev.seonchak.orders.Takings;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Refunds;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The money of orders as payments know it. Under the order's lock, which every change of an
 * APPROVED payment needs, what is read stays so until the transaction's end.
 */
@Repository
class PostgresTakings implements Takings {
  private final JdbcClient database;
  private final Refunds refunds;

  PostgresTakings(JdbcClient database, Refunds refunds) {
    this.database = database;
    this.refunds = refunds;
  }

  /** The payment that an order was paid by; others may be on their way back besides it. */
  private record Taken(PaymentId payment, Money captured, Money kept) {}

  @Override
  public Standing standing(OrderId order) {
    var taken = taken(order);
    if (!taken.isEmpty()) {
      return new Standing.Kept(taken.getFirst().kept());
    }
    var onItsWay =
        database
            .sql(
                """
                select exists (
                  select from refunds r join payments p on p.id = r.payment_id
                  where p.order_id = ? and r.done_at is null and r.reason in ('SELLER', 'BUYER'))
                """)
            .param(order.value())
            .query(Boolean.class)
            .single();
    return onItsWay ? new Standing.OnItsWay() : new Standing.Kept(Money.ZERO);
  }

  @Override
  public void giveBack(OrderId order, UUID refund, Money amount, By by) {
    var taken = taken(order).getFirst();
    var reason = by == By.BUYER ? Reason.BUYER : Reason.SELLER;
    if (amount.compareTo(taken.kept()) > 0
        || !refunds.refunding(
            taken.payment(),
            Set.of(State.APPROVED),
            taken.captured(),
            new Refunds.Refund(refund, amount, reason))) {
      throw new IllegalStateException("payment " + taken.payment() + " changed under its lock");
    }
  }

  private List<Taken> taken(OrderId order) {
    return database
        .sql(
            """
            select id, captured, captured - refunded from payments
            where order_id = ? and state = 'APPROVED'
            """)
        .param(order.value())
        .query((row, _) ->
            new Taken(
                new PaymentId(row.getObject(1, UUID.class)),
                new Money(row.getLong(2)),
                new Money(row.getLong(3))))
        .list();
  }
}
