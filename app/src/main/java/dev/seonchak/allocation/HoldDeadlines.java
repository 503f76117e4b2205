package dev.seonchak.allocation;

import dev.seonchak.allocation.postgres.RowLocks;
import dev.seonchak.engine.HolderId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Until when claims are held. Batches write it down for all claims that they give until one moment;
 * whoever lets holders expire looks here for whose time has come. Nothing is locked for longer than
 * a statement. Thread-safe.
 */
@Component
public final class HoldDeadlines {
  /** As few of them as have the claims that may be looked at, the earliest first. */
  private static final String REACHED =
      """
      select now(), d.at, d.id, h.holders
        from (select at, id, pools, firsts, lasts,
                     sum(claims) over (order by at, id) - claims as before
                from (select * from deadlines where at <= now() order by at, id limit :max) first
             ) d
       cross join lateral (
               select array_agg(distinct c.holder_id) as holders
                 from unnest(d.pools, d.firsts, d.lasts) as run (pool_id, first, last)
                cross join lateral (
                        select holder_id
                          from claims
                         where pool_id = run.pool_id
                           and sequence between run.first and run.last
                           and state = 'H'
                        offset 0) c) h
       where d.before < :max
       order by d.at, d.id
      """;

  private final JdbcClient jdbc;

  HoldDeadlines(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The earliest that have come.
   *
   * @param max how many claims they may have together; the last of them may have more
   */
  public List<ReachedDeadline> reached(int max) {
    return jdbc.sql(REACHED).param("max", max).query(HoldDeadlines::reached).list();
  }

  /** Forgets those whose claims nobody holds any more. */
  public void forget(List<ReachedDeadline> done) {
    if (!done.isEmpty()) {
      named(jdbc.sql(RowLocks.DEADLINES_FORGET), done).update();
    }
  }

  /** Looks at each of these again only at a later moment. */
  public void putOff(Map<ReachedDeadline, Instant> later) {
    if (!later.isEmpty()) {
      named(jdbc.sql(RowLocks.DEADLINES_PUT_OFF), later.keySet())
          .param("untils", later.values().stream().map(Instant::toString).toArray(String[]::new))
          .update();
    }
  }

  private static StatementSpec named(StatementSpec statement, Collection<ReachedDeadline> rows) {
    return statement
        .param("ats", rows.stream().map(row -> row.at().toString()).toArray(String[]::new))
        .param("ids", rows.stream().map(ReachedDeadline::id).toArray(Long[]::new));
  }

  private static ReachedDeadline reached(ResultSet row, int number) throws SQLException {
    return new ReachedDeadline(
        row.getObject(1, OffsetDateTime.class).toInstant(),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getLong(3),
        holders(row.getArray(4)));
  }

  private static List<HolderId> holders(@Nullable Array ids) throws SQLException {
    return ids == null
        ? List.of()
        : Arrays.stream((UUID[]) ids.getArray()).map(HolderId::new).toList();
  }
}
