package dev.seonchak.payments.postgres;

import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Payments;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The life of payments, as changes that name the states they start from. */
@Repository
public class PostgresPayments implements Payments {
  private final JdbcClient database;

  public PostgresPayments(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Optional<Payment> find(PaymentId id) {
    return database
        .sql("select " + PaymentRows.COLUMNS + " from payments where id = ?")
        .param(id.value())
        .query(PaymentRows::payment)
        .optional();
  }

  @Override
  public Optional<Payment> byToken(String token) {
    return database
        .sql("select " + PaymentRows.COLUMNS + " from payments where return_token = ?")
        .param(token)
        .query(PaymentRows::payment)
        .optional();
  }

  @Override
  public List<Payment> of(OrderId order) {
    return database
        .sql("select " + PaymentRows.COLUMNS + " from payments where order_id = ? order by id")
        .param(order.value())
        .query(PaymentRows::payment)
        .list();
  }

  @Override
  public boolean add(Payment payment, Duration session, int perOrderMax) {
    var sql =
        """
        insert into payments (id, order_id, buyer_id, gateway, state, amount, return_token,
                              session_ends, created_at, updated_at)
        select :id, :order, :buyer, :gateway, 'READY', :amount, :token,
               clock_timestamp() + :sessionMillis * interval '1 ms', clock_timestamp(), clock_timestamp()
        where (select count(*) from payments where order_id = :order) < :perOrderMax
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("id", payment.id().value())
            .param("order", payment.order().value())
            .param("buyer", payment.buyer().value())
            .param("gateway", payment.gateway())
            .param("amount", payment.amount().amount())
            .param("token", payment.token())
            .param("sessionMillis", session.toMillis())
            .param("perOrderMax", perOrderMax)
            .update());
  }

  @Override
  public boolean named(PaymentId id, String gatewayId) {
    var sql =
        """
        update payments set gateway_id = ?, updated_at = clock_timestamp()
        where id = ? and gateway_id is null
        """;
    return PaymentRows.one(database.sql(sql).param(gatewayId).param(id.value()).update());
  }

  @Override
  public boolean approving(PaymentId id, String proof, Duration askIn) {
    var sql =
        """
        update payments
        set state = 'APPROVING', proof = :proof, reason = null, detail = null, asked = 0,
            ask_at = clock_timestamp() + :askMillis * interval '1 ms',
            -- Asking must not end before a call that starts now has.
            session_ends = greatest(session_ends, clock_timestamp() + interval '2 min'),
            unanswered_since = clock_timestamp(), updated_at = clock_timestamp()
        where id = :id and state = 'READY'
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("id", id.value())
            .param("proof", proof)
            .param("askMillis", askIn.toMillis())
            .update());
  }

  @Override
  public boolean approved(PaymentId id, Set<State> from, Money captured) {
    var sql =
        """
        with approved as (
          update payments
          set state = 'APPROVED', captured = :captured, reason = null, detail = null,
              ask_at = null, unanswered_since = null, updated_at = clock_timestamp()
          where id = :id and state = any(:from)
          returning id, gateway, captured
        ), booked as (
          insert into ledger (payment_id, movement, account, gateway, amount)
          select id, 'CAPTURED', account, gateway, sign * captured
          from approved, (values ('GATEWAY', 1), ('SALES', -1)) as sides (account, sign)
          where captured > 0
        )
        select count(*) from approved
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("id", id.value())
            .param("from", PaymentRows.names(from))
            .param("captured", captured.amount())
            .query(Integer.class)
            .single());
  }

  @Override
  public boolean failed(PaymentId id, Set<State> from, Reason reason, String detail) {
    var sql =
        """
        update payments
        set state = 'FAILED', reason = :reason, detail = :detail,
            ask_at = null, unanswered_since = null, updated_at = clock_timestamp()
        where id = :id and state = any(:from)
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("id", id.value())
            .param("from", PaymentRows.names(from))
            .param("reason", reason.name())
            .param("detail", PaymentRows.shortened(detail))
            .update());
  }

  @Override
  public boolean failedWatched(PaymentId id, Set<State> from, String detail, Duration askIn) {
    var sql =
        """
        update payments
        set state = 'FAILED', reason = 'DECLINED', detail = :detail, asked = 0,
            ask_at = clock_timestamp() + :askMillis * interval '1 ms',
            unanswered_since = null, updated_at = clock_timestamp()
        where id = :id and state = any(:from)
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("id", id.value())
            .param("from", PaymentRows.names(from))
            .param("detail", PaymentRows.shortened(detail))
            .param("askMillis", askIn.toMillis())
            .update());
  }

  @Override
  public boolean unknown(PaymentId id, String detail, Duration askIn) {
    var sql =
        """
        update payments
        set state = 'UNKNOWN', reason = 'NO_ANSWER', detail = :detail,
            ask_at = clock_timestamp() + :askMillis * interval '1 ms', updated_at = clock_timestamp()
        where id = :id and state in ('APPROVING', 'UNKNOWN')
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("id", id.value())
            .param("detail", PaymentRows.shortened(detail))
            .param("askMillis", askIn.toMillis())
            .update());
  }
}
