package dev.seonchak.payments.postgres;

import dev.seonchak.drops.BankTransfer;
import dev.seonchak.payments.Deposit;
import dev.seonchak.payments.Deposits;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.PaymentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code deposits}, read together with the payments that it belongs to. */
@Repository
class PostgresDeposits implements Deposits {
  /** Deposits on one page. */
  private static final int PAGE = 50;

  private static final String DEPOSITS =
      "select "
          + PaymentRows.COLUMNS
          + ", drop_id, bank, account, holder, deposit_name, deadline"
          + " from deposits join payments on payments.id = payment_id";

  private final JdbcClient database;

  PostgresDeposits(JdbcClient database) {
    this.database = database;
  }

  @Override
  public boolean add(Deposit deposit) {
    return PaymentRows.one(
        database
            .sql(
                """
                insert into deposits (payment_id, drop_id, bank, account, holder, deposit_name, deadline)
                values (:payment, :drop, :bank, :account, :holder, :name, :deadline)
                on conflict do nothing
                """)
            .param("payment", deposit.payment().id().value())
            .param("drop", deposit.drop().value())
            .param("bank", deposit.to().bank())
            .param("account", deposit.to().account())
            .param("holder", deposit.to().holder())
            .param("name", deposit.name())
            .param("deadline", deposit.deadline().atOffset(ZoneOffset.UTC))
            .update());
  }

  @Override
  public Optional<Deposit> find(PaymentId id) {
    return database
        .sql(DEPOSITS + " where payment_id = ?")
        .param(id.value())
        .query(PostgresDeposits::deposit)
        .optional();
  }

  @Override
  public List<Deposit> of(OrderId order) {
    return database
        .sql(DEPOSITS + " where order_id = ? order by payment_id")
        .param(order.value())
        .query(PostgresDeposits::deposit)
        .list();
  }

  @Override
  public Page<Deposit> of(DropId drop, Deposit.@Nullable Stage stage, @Nullable PaymentId before) {
    var found =
        database
            .sql(
                DEPOSITS
                    + """
                     where drop_id = :drop
                       and (cast(:state as text) is null or state = :state)
                       and (cast(:before as uuid) is null or payment_id < :before)
                     order by payment_id desc
                     limit :most
                    """)
            .param("drop", drop.value())
            .param("state", stage == null ? null : state(stage).name())
            .param("before", before == null ? null : before.value())
            .param("most", PAGE + 1)
            .query(PostgresDeposits::deposit)
            .list();
    return found.size() <= PAGE
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, PAGE), found.get(PAGE - 1).payment().id().toString());
  }

  private static State state(Deposit.Stage stage) {
    return switch (stage) {
      case AWAITED -> State.READY;
      case MISSED -> State.FAILED;
      case ARRIVED -> State.APPROVED;
      case OWED -> State.REFUNDING;
      case SENT_BACK -> State.REFUNDED;
    };
  }

  @Override
  public Map<PaymentId, Owed> owed(Set<PaymentId> payments) {
    var owed = HashMap.<PaymentId, Owed>newHashMap(payments.size());
    RowCallbackHandler put =
        row ->
            owed.put(
                new PaymentId(row.getObject(1, UUID.class)),
                new Owed(row.getObject(2, UUID.class), new Money(row.getLong(3))));
    database
        .sql(
            """
            select payment_id, id, amount from refunds
            where payment_id = any(:payments) and done_at is null
            """)
        .param("payments", payments.stream().map(PaymentId::value).toArray(UUID[]::new))
        .query(put);
    return owed;
  }

  @Override
  public boolean isSentBack(PaymentId payment, UUID refund) {
    return database
        .sql("select count(*) from refunds where id = ? and payment_id = ? and done_at is not null")
        .params(refund, payment.value())
        .query(Long.class)
        .single()
        .equals(1L);
  }

  private static Deposit deposit(ResultSet row, int number) throws SQLException {
    return new Deposit(
        PaymentRows.payment(row, number),
        new DropId(row.getObject("drop_id", UUID.class)),
        // Minutes are spent in the deadline.
        new BankTransfer(
            row.getString("bank"), row.getString("account"), row.getString("holder"), 0),
        row.getString("deposit_name"),
        row.getObject("deadline", OffsetDateTime.class).toInstant());
  }
}
