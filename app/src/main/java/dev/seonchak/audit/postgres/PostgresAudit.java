package dev.seonchak.audit.postgres;

import dev.seonchak.audit.Audit;
import dev.seonchak.audit.Limits;
import dev.seonchak.audit.Report;
import dev.seonchak.audit.Report.ItemCount;
import dev.seonchak.audit.Report.MoneyCount;
import dev.seonchak.audit.Report.Violation;
import dev.seonchak.audit.Verdict;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks every rule in one snapshot, so that what is going on meanwhile cannot look like a fault.
 * It reads the tables of other modules on purpose: a proof must not trust the code that it checks.
 */
@Service
class PostgresAudit implements Audit {
  private final JdbcTemplate connection;
  private final JdbcClient jdbc;
  private final TransactionTemplate snapshot;

  PostgresAudit(JdbcTemplate connection, PlatformTransactionManager transactions) {
    this.connection = connection;
    jdbc = JdbcClient.create(connection);
    snapshot = new TransactionTemplate(transactions);
    snapshot.setReadOnly(true);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    snapshot.setTimeout(Limits.STANDARD.auditSecondsMax());
  }

  @Override
  public Optional<Report> drop(DropId id) {
    return snapshot.execute(any -> {
      bePatient();
      beOne();
      return exists(id) ? Optional.of(report(id)) : Optional.empty();
    });
  }

  @Override
  public Optional<Verdict> last(DropId id) {
    return jdbc.sql(
            "select violations, found_at from audits where drop_id = :drop and found_at is not null")
        .param("drop", id.value())
        .query((row, number) ->
            new Verdict(
                row.getInt("violations"),
                row.getObject("found_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /**
   * A query over millions of rows is silent for longer than a connection otherwise may be. The pool
   * sets back what a transaction changed.
   */
  private void bePatient() {
    int millis = Math.toIntExact(TimeUnit.SECONDS.toMillis(Limits.STANDARD.auditSecondsMax()));
    connection.execute((Connection own) -> {
      own.setNetworkTimeout(Runnable::run, millis);
      return millis;
    });
  }

  /** An audit may come in the middle of a rush, so it never takes more than one core from it. */
  private void beOne() {
    jdbc.sql("set local max_parallel_workers_per_gather = 0").update();
  }

  private boolean exists(DropId id) {
    return jdbc.sql("select exists (select from drops where id = :drop)")
        .param("drop", id.value())
        .query(Boolean.class)
        .single();
  }

  private Report report(DropId id) {
    return new Report(
        items(id),
        money(id),
        Arrays.stream(Rule.values()).flatMap(rule -> violations(rule, id)).toList());
  }

  private Stream<Violation> violations(Rule rule, DropId id) {
    return jdbc
        .sql(rule.sql())
        .param("drop", id.value())
        .param("most", Limits.STANDARD.violationsPerRuleMax())
        .query(String.class)
        .list()
        .stream()
        .map(detail -> new Violation(rule.title(), detail));
  }

  private List<ItemCount> items(DropId id) {
    return jdbc.sql(
            AuditedRows.SQL
                + """
                select c.* from count c left join items i on i.id = c.id order by i.position, c.id
                """)
        .param("drop", id.value())
        .query((row, number) ->
            new ItemCount(
                new ItemId(row.getObject("id", UUID.class)),
                row.getLong("capacity"),
                row.getLong("capacity") - row.getLong("taken"),
                row.getLong("held"),
                row.getLong("confirmed"),
                row.getLong("claims")))
        .list();
  }

  private MoneyCount money(DropId id) {
    return jdbc.sql(
            AuditedRows.SQL
                + """
                select coalesce(sum(captured), 0) as captured, coalesce(sum(kept), 0) as kept,
                       coalesce(sum(refunding), 0) as refunding,
                       coalesce(sum(refunded), 0) as refunded
                from money
                """)
        .param("drop", id.value())
        .query((row, number) ->
            new MoneyCount(
                row.getLong("captured"),
                row.getLong("kept"),
                row.getLong("refunding"),
                row.getLong("refunded")))
        .single();
  }
}
