package dev.seonchak.payments.postgres;

import dev.seonchak.payments.Refusals;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Refunds that were refused, in the table {@code refunds}. */
@Repository
public class PostgresRefusals implements Refusals {
  private static final int DROP_MAX = 50;

  /** Refused, not sent by hand, and followed by no other refund of the payment. */
  static final String NEEDS_A_HAND =
      """
      r.refused_at is not null and r.done_at is null
      and not exists (
        select from refunds later
        where later.payment_id = r.payment_id and later.created_at > r.refused_at)
      """;

  private static final String REFUSED =
      "select r.payment_id, p.order_id, r.id, r.amount, r.refusal, r.refused_at"
          + " from refunds r join payments p on p.id = r.payment_id where "
          + NEEDS_A_HAND;

  private final JdbcClient database;

  public PostgresRefusals(JdbcClient database) {
    this.database = database;
  }

  @Override
  public boolean refused(PaymentId id, UUID refund, String why, Duration askIn) {
    return PaymentRows.one(
        database
            .sql(RowLocks.REFUSED)
            .param("id", id.value())
            .param("refund", refund)
            .param("why", PaymentRows.shortened(why))
            .param("askMillis", askIn.toMillis())
            .query(Integer.class)
            .single());
  }

  @Override
  public Map<PaymentId, Refusal> of(Set<PaymentId> payments) {
    return database
        .sql(REFUSED + " and r.payment_id = any(:payments)")
        .param("payments", payments.stream().map(PaymentId::value).toArray(UUID[]::new))
        .query(PostgresRefusals::refusal)
        .list()
        .stream()
        .collect(Collectors.toMap(Refusal::payment, Function.identity()));
  }

  @Override
  public List<Refusal> of(DropId drop) {
    return database
        .sql(
            REFUSED
                + """
                 and p.order_id in (select id from orders where drop_id = :drop)
                order by r.refused_at
                limit :most
                """)
        .param("drop", drop.value())
        .param("most", DROP_MAX)
        .query(PostgresRefusals::refusal)
        .list();
  }

  @Override
  public boolean sentByHand(PaymentId id, UUID refund) {
    return PaymentRows.one(
        database
            .sql(RowLocks.SENT_BY_HAND)
            .param("id", id.value())
            .param("refund", refund)
            .query(Integer.class)
            .single());
  }

  @Override
  public boolean isSentByHand(PaymentId id, UUID refund) {
    return database
        .sql("select count(*) from refunds where id = ? and payment_id = ? and by_hand")
        .params(refund, id.value())
        .query(Long.class)
        .single()
        .equals(1L);
  }

  private static Refusal refusal(ResultSet row, int number) throws SQLException {
    return new Refusal(
        new PaymentId(row.getObject(1, UUID.class)),
        new OrderId(row.getObject(2, UUID.class)),
        row.getObject(3, UUID.class),
        new Money(row.getLong(4)),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant());
  }
}
