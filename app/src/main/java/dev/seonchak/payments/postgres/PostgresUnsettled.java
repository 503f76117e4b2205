package dev.seonchak.payments.postgres;

import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Unsettled;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Leases on the rows of {@code payments} that are due to be looked at. */
@Repository
public class PostgresUnsettled implements Unsettled {
  private final JdbcClient database;

  public PostgresUnsettled(JdbcClient database) {
    this.database = database;
  }

  @Override
  public List<Payment> takeDue(String gateway, int atMost, Duration lease) {
    return database
        .sql(RowLocks.TAKE_DUE + PaymentRows.COLUMNS)
        .param("gateway", gateway)
        .param("atMost", atMost)
        .param("leaseMillis", lease.toMillis())
        .query(PaymentRows::payment)
        .list();
  }

  @Override
  public void askAgain(PaymentId id, State state, Duration in) {
    database
        .sql(
            """
            update payments set ask_at = clock_timestamp() + :askMillis * interval '1 ms'
            where id = :id and state = :state
            """)
        .param("id", id.value())
        .param("state", state.name())
        .param("askMillis", in.toMillis())
        .update();
  }

  @Override
  public void askWithin(PaymentId id, Duration time) {
    var sql =
        """
        update payments set ask_at = clock_timestamp() + :askMillis * interval '1 ms'
        where id = :id and state in ('READY', 'UNKNOWN', 'FAILED')
          and (ask_at is null or ask_at > clock_timestamp() + :askMillis * interval '1 ms')
        """;
    database.sql(sql).param("id", id.value()).param("askMillis", time.toMillis()).update();
  }

  @Override
  public void askNoMore(PaymentId id, State state) {
    database
        .sql("update payments set ask_at = null where id = ? and state = ?")
        .param(id.value())
        .param(state.name())
        .update();
  }

  @Override
  public int expireSessions() {
    return database.sql(RowLocks.EXPIRE_SESSIONS).update();
  }

  @Override
  public List<Unanswered> unanswered() {
    var sql =
        """
        select gateway, count(*) as count,
               extract(epoch from clock_timestamp() - min(unanswered_since))::bigint as seconds
        from payments
        where unanswered_since is not null
        group by gateway
        """;
    return database
        .sql(sql)
        .query((row, _) ->
            new Unanswered(
                row.getString("gateway"),
                row.getLong("count"),
                Duration.ofSeconds(row.getLong("seconds"))))
        .list();
  }
}
