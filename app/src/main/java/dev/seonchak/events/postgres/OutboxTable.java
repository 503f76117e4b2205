package dev.seonchak.events.postgres;

import dev.seonchak.runtime.LogFlush;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox from the relay's side: what is unsent, what has been sent, which days it holds. */
@Component
public final class OutboxTable {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  OutboxTable(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * What is still on its way.
   *
   * @param unsent how many rows, counted up to 10,000
   * @param seconds the age of the oldest of them, 0 when there is none
   */
  public record Lag(long unsent, double seconds) {}

  /** The first rows in order of writing that have been unsent for so long, and cannot be lost. */
  public List<OutboxRow> unsent(Duration age, int limit) {
    return Objects.requireNonNull(
        transactions.execute(status -> {
          List<OutboxRow> rows = visible(age, limit);
          jdbc.sql(LogFlush.SQL).query().singleRow();
          return rows;
        }));
  }

  private List<OutboxRow> visible(Duration age, int limit) {
    return jdbc.sql(
            """
            select id, aggregate, aggregate_id, type, payload, created_at
            from outbox
            where sent_at is null and created_at <= now() - make_interval(secs => ?)
            order by position
            limit ?
            """)
        .params(age.toMillis() / 1000.0, limit)
        .query(OutboxTable::row)
        .list();
  }

  private static OutboxRow row(ResultSet row, int number) throws SQLException {
    return new OutboxRow(
        row.getObject("id", UUID.class),
        row.getString("aggregate"),
        row.getObject("aggregate_id", UUID.class),
        row.getString("type"),
        row.getString("payload"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  /**
   * Marks rows that Kafka has acknowledged. A mark that a crash takes back only means that the row
   * is sent twice, so the commit does not wait for the disk.
   */
  public void markSent(List<OutboxRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    transactions.executeWithoutResult(status -> {
      // A plan made while the day's partition was small must not scan it when it is large.
      jdbc.sql(
              """
              select set_config('synchronous_commit', 'off', true),
                     set_config('enable_seqscan', 'off', true)
              """)
          .query()
          .singleRow();
      jdbc.sql(
              """
              update outbox o set sent_at = clock_timestamp()
              from unnest(?::uuid[], ?::timestamptz[]) as sent (id, created_at)
              where o.id = sent.id and o.created_at = sent.created_at and o.sent_at is null
              """)
          .params(array(rows, OutboxRow::id), array(rows, OutboxRow::createdAt))
          .update();
    });
  }

  private static String array(List<OutboxRow> rows, Function<OutboxRow, Object> column) {
    return rows.stream()
        .map(row -> column.apply(row).toString())
        .collect(Collectors.joining(",", "{", "}"));
  }

  public Lag lag() {
    return jdbc.sql(
            """
            select
              (select count(*) from (select from outbox where sent_at is null limit 10000) u) as unsent,
              coalesce((
                select extract(epoch from clock_timestamp() - created_at)
                from outbox where sent_at is null order by position limit 1), 0) as seconds
            """)
        .query(
            (row, number) -> new Lag(row.getLong("unsent"), Math.max(0, row.getDouble("seconds"))))
        .single();
  }

  /** Makes the partitions of the coming days and drops the days before the kept ones. */
  public void turnDays(int ahead, int kept) {
    jdbc.sql("select make_outbox_days(?)").param(ahead).query().singleRow();
    jdbc.sql("select drop_outbox_days(?)").param(kept).query().singleRow();
  }
}
