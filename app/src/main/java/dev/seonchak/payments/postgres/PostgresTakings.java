package dev.seonchak.payments.postgres;

import dev.seonchak.orders.Refund.By;
import dev.seonchak.orders.Takings;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Refunds;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The money of orders as payments know it. Under the order's lock, which every change of an
 * APPROVED payment needs, what is kept stays so until the transaction's end. A refund that is under
 * way ends without that lock, so one statement reads both.
 */
@Repository
public class PostgresTakings implements Takings {
  private final JdbcClient database;
  private final Refunds refunds;

  public PostgresTakings(JdbcClient database, Refunds refunds) {
    this.database = database;
    this.refunds = refunds;
  }

  /** The payment that an order was paid by; others may be on their way back besides it. */
  private record Taken(PaymentId payment, State state, Money captured, Money kept) {}

  @Override
  public Standing standing(OrderId order) {
    return taken(order)
        .<Standing>map(taken ->
            taken.state() == State.APPROVED
                ? new Standing.Kept(taken.kept())
                : new Standing.OnItsWay())
        .orElseGet(() -> new Standing.Kept(Money.ZERO));
  }

  @Override
  public void giveBack(OrderId order, UUID refund, Money amount, By by) {
    var taken = taken(order).orElseThrow();
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

  private Optional<Taken> taken(OrderId order) {
    return database
        .sql(
            """
            select id, state, captured, captured - refunded from payments p
            where order_id = ?
              and (state = 'APPROVED'
                or state = 'REFUNDING' and exists (
                  select from refunds
                  where payment_id = p.id and done_at is null and reason in ('SELLER', 'BUYER')))
            """)
        .param(order.value())
        .query((row, _) ->
            new Taken(
                new PaymentId(row.getObject(1, UUID.class)),
                State.valueOf(row.getString(2)),
                new Money(row.getLong(3)),
                new Money(row.getLong(4))))
        .optional();
  }
}
