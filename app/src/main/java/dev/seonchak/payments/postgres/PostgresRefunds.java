package dev.seonchak.payments.postgres;

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
    // What was captured without having been a sale is booked as one first, and then as owed.
    var sql =
        """
        with before as (
          select id, gateway, captured from payments where id = :id and state = any(:from) for update
        ), moved as (
          update payments p
          set state = 'REFUNDING', captured = :captured, reason = :reason, detail = null, asked = 0,
              ask_at = clock_timestamp(), unanswered_since = clock_timestamp(),
              updated_at = clock_timestamp()
          from before
          where p.id = before.id
        ), noted as (
          insert into refunds (id, payment_id, amount, reason, created_at)
          select :refund, id, :amount, :reason, clock_timestamp() from before
        ), booked as (
          insert into ledger (payment_id, movement, account, gateway, amount)
          select id, movement, account, gateway, amount
          from before,
            lateral (values ('CAPTURED', 'GATEWAY', :captured - captured),
                    ('CAPTURED', 'SALES', captured - :captured),
                    ('OWED', 'SALES', :amount),
                    ('OWED', 'REFUNDS', - :amount)) as sides (movement, account, amount)
          where amount <> 0
        )
        select count(*) from before
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("id", id.value())
            .param("from", PaymentRows.names(from))
            .param("captured", captured.amount())
            .param("refund", refund.id())
            .param("amount", refund.amount().amount())
            .param("reason", refund.reason().name())
            .query(Integer.class)
            .single());
  }

  @Override
  public Optional<Refund> openRefund(PaymentId id) {
    return database
        .sql("select id, amount, reason from refunds where payment_id = ? and done_at is null")
        .param(id.value())
        .query((row, _) ->
            new Refund(
                row.getObject("id", UUID.class),
                new Money(row.getLong("amount")),
                Reason.valueOf(row.getString("reason"))))
        .optional();
  }

  @Override
  public boolean refundDone(PaymentId id, Refund refund) {
    // The payment is changed only by whoever closes the refund, so it is counted once.
    var sql =
        """
        with payment as (
          select id, gateway from payments where id = :id and state = 'REFUNDING' for update
        ), done as (
          update refunds set done_at = clock_timestamp()
          where id = :refund and done_at is null and payment_id in (select id from payment)
          returning amount
        ), closed as (
          update payments p
          set refunded = p.refunded + done.amount,
              state = case when p.refunded + done.amount = p.captured then 'REFUNDED' else 'APPROVED' end,
              ask_at = null, unanswered_since = null, updated_at = clock_timestamp()
          from done
          where p.id = :id
        ), booked as (
          insert into ledger (payment_id, movement, account, gateway, amount)
          select payment.id, 'RETURNED', account, gateway, sign * amount
          from done, payment, (values ('REFUNDS', 1), ('GATEWAY', -1)) as sides (account, sign)
        )
        select count(*) from done
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("id", id.value())
            .param("refund", refund.id())
            .query(Integer.class)
            .single());
  }
}
