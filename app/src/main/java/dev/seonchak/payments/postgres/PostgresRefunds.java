package dev.seonchak.payments.postgres;

import dev.seonchak.payments.Deposits;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Refunds;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.PaymentId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code refunds}, changed together with the payment it belongs to. */
@Repository
public class PostgresRefunds implements Refunds {
  private final JdbcClient database;

  public PostgresRefunds(JdbcClient database) {
    this.database = database;
  }

  @Override
  public boolean refunding(PaymentId id, Set<State> from, Money captured, Refund refund) {
    return PaymentRows.one(
        database
            .sql(RowLocks.REFUNDING)
            .param("id", id.value())
            .param("from", PaymentRows.names(from))
            .param("captured", captured.amount())
            .param("refund", refund.id())
            .param("amount", refund.amount().amount())
            .param("reason", refund.reason().name())
            .param("byHand", Deposits.GATEWAY)
            .query(Integer.class)
            .single());
  }

  @Override
  public Optional<Open> openRefund(PaymentId id) {
    return database
        .sql(
            """
            select r.id, r.amount, r.reason, r.refused_at is not null as refused,
                   p.captured - r.amount - coalesce((
                     select sum(amount) from refunds
                     where payment_id = p.id and done_at is not null and not by_hand), 0)
                     as to_be_left
            from refunds r join payments p on p.id = r.payment_id
            where r.payment_id = ? and r.done_at is null
              and (r.refused_at is null or r.reason not in ('SELLER', 'BUYER'))
            """)
        .param(id.value())
        .query((row, _) ->
            new Open(
                new Refund(
                    row.getObject("id", UUID.class),
                    new Money(row.getLong("amount")),
                    Reason.valueOf(row.getString("reason"))),
                new Money(row.getLong("to_be_left")),
                row.getBoolean("refused")))
        .optional();
  }

  @Override
  public boolean refundDone(PaymentId id, Refund refund) {
    return PaymentRows.one(
        database
            .sql(RowLocks.REFUND_DONE)
            .param("id", id.value())
            .param("refund", refund.id())
            .query(Integer.class)
            .single());
  }
}
