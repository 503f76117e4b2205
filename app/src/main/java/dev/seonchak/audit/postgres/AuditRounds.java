package dev.seonchak.audit.postgres;

import dev.seonchak.audit.Audit;
import dev.seonchak.audit.Limits;
import dev.seonchak.audit.Report;
import dev.seonchak.audit.Report.Violation;
import dev.seonchak.shared.DropId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Audits all published drops again and again, a few at a time: first those of the newest drops
 * whose counters have moved since their last audit, then those whose last audit is the oldest. Any
 * number of processes share the work, since each takes drops that nobody else is taking. A
 * violation is told by a warning in the log and by the metric {@code seonchak_audit_violations},
 * which counts what the last audit of every drop has found; an audit that failed counts as one.
 * Drops are enlisted by being published.
 */
@Component
class AuditRounds {
  private static final Logger LOG = LoggerFactory.getLogger(AuditRounds.class);

  static final String FOUND =
      """
      select coalesce(sum(violations), 0)
      from (select violations from audits where violations > 0 limit :most) as spoilt
      """;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final AtomicInteger violations = new AtomicInteger();
  private volatile long notBefore = System.nanoTime();

  AuditRounds(JdbcClient jdbc, Audit audit, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.audit = audit;
    Gauge.builder("seonchak.audit.violations", violations, AtomicInteger::get)
        .description("violations found by the last audit of every drop")
        .register(meters);
  }

  /**
   * One round, unless the last one took so long that it is not time yet: auditing is never more
   * than a small share of what the database does, however many claims there are.
   */
  @Scheduled(fixedDelay = 5_000, initialDelay = 5_000)
  void round() {
    long begin = System.nanoTime();
    if (begin - notBefore < 0) {
      return;
    }
    audit();
    long end = System.nanoTime();
    notBefore = end + (end - begin) * Limits.STANDARD.restPerWork();
  }

  /** One round, whenever the last one was. */
  void audit() {
    try {
      take().forEach(this::check);
      violations.set(
          jdbc.sql(FOUND)
              .param("most", Limits.STANDARD.spoiltDropsMax())
              .query(Integer.class)
              .single());
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("audit not done: {}", e.getMessage());
    }
  }

  /**
   * The drops that are to be audited now, marked so that nobody else takes them for a while. To
   * audit a large one in the middle of its rush would slow that down, so as long as it moves it is
   * only looked at, up to an hour after its last audit.
   */
  private List<DropId> take() {
    return jdbc
        .sql(
            """
            with candidate as (
              (select drop_id from audits order by drop_id desc limit :newest)
              union (select drop_id from audits order by audited_at limit :most)
            ), due as (
              select a.drop_id, p.mark, later.later
              from audits a
                join candidate using (drop_id)
                cross join lateral (
                  select sum(taken::numeric + next_sequence) as mark, sum(next_sequence) as claims
                  from pools where group_id = a.drop_id) p
                cross join lateral (
                  select a.mark is distinct from p.mark and p.claims > :large
                           and a.found_at > now() - interval '1 hour' as later) later
              where a.audited_at < now() - interval '4 seconds'
              order by (a.mark is distinct from p.mark and later.later is not true) desc,
                a.audited_at
              limit :most
              for update of a skip locked
            )
            update audits a set audited_at = now(), mark = due.mark
            from due where a.drop_id = due.drop_id
            returning a.drop_id, due.later is true as later
            """)
        .param("most", Limits.STANDARD.roundDropsMax())
        .param("newest", Limits.STANDARD.watchedDropsMax())
        .param("large", Limits.STANDARD.claimsInRushMax())
        .query((row, number) ->
            row.getBoolean("later")
                ? Optional.<DropId>empty()
                : Optional.of(new DropId(row.getObject("drop_id", UUID.class))))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private void check(DropId id) {
    var found = violations(id);
    found.forEach(
        violation -> LOG.warn("drop {} breaks {}: {}", id, violation.rule(), violation.detail()));
    try {
      jdbc.sql(
              "update audits set violations = :found, found_at = clock_timestamp() where drop_id = :drop")
          .param("found", found.size())
          .param("drop", id.value())
          .update();
    } catch (DataAccessException e) {
      LOG.warn("what the audit of drop {} found was not kept: {}", id, e.getMessage());
    }
  }

  /** A drop that cannot be audited is told like one that breaks a rule, and hides no other. */
  private List<Violation> violations(DropId id) {
    try {
      return audit.drop(id).map(Report::violations).orElse(List.of());
    } catch (RuntimeException e) {
      return List.of(new Violation("audit", "not done: " + e.getMessage()));
    }
  }
}
