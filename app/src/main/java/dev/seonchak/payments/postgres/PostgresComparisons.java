package dev.seonchak.payments.postgres;

import dev.seonchak.payments.Comparisons;
import dev.seonchak.payments.Difference;
import dev.seonchak.payments.Difference.Kind;
import dev.seonchak.payments.Difference.Sums;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code comparisons} and {@code differences}. */
@Repository
public class PostgresComparisons implements Comparisons {
  /**
   * Payments with what the ledger says of them; what is on its way is the reconciler's, unless its
   * gateway refuses it.
   */
  private static final String BOOKED =
      "select "
          + PaymentRows.COLUMNS
          + """
          , booked_captured, booked_refunded, refused
          from payments p cross join lateral (
            select coalesce(sum(l.amount) filter (where l.movement = 'CAPTURED'), 0)
                     as booked_captured,
                   coalesce(- sum(l.amount) filter (where l.movement = 'RETURNED'), 0)
                     as booked_refunded
            from ledger l where l.payment_id = p.id and l.account = 'GATEWAY') as books
          cross join lateral (
            select exists (
              select from refunds r
              where r.payment_id = p.id and %s) as refused) as hand
          where (p.state in ('READY', 'FAILED', 'APPROVED', 'REFUNDED')
                 or p.state = 'REFUNDING' and refused)
          """
              .formatted(PostgresRefusals.NEEDS_A_HAND);

  private final JdbcClient database;

  public PostgresComparisons(JdbcClient database) {
    this.database = database;
  }

  @Override
  public boolean take(String gateway, Duration back, Duration lease) {
    database
        .sql(
            """
            insert into comparisons (gateway, day, changed_until, through_at, through_id, leased_until)
            select :gateway, (clock_timestamp() at time zone 'UTC')::date, clock_timestamp(),
                   clock_timestamp() - :backSeconds * interval '1 s',
                   '00000000-0000-0000-0000-000000000000', '-infinity'
            on conflict do nothing
            """)
        .param("gateway", gateway)
        .param("backSeconds", back.toSeconds())
        .update();
    var sql =
        """
        update comparisons
        set leased_until = clock_timestamp() + :leaseMillis * interval '1 ms'
        where gateway = :gateway and done_at is null and leased_until < clock_timestamp()
          and day = (clock_timestamp() at time zone 'UTC')::date
        """;
    return PaymentRows.one(
        database
            .sql(sql)
            .param("gateway", gateway)
            .param("leaseMillis", lease.toMillis())
            .update());
  }

  @Override
  public List<Booked> next(String gateway, int atMost) {
    var page =
        """
          and p.gateway = :gateway
          and p.updated_at <= (select changed_until from comparisons c
                               where c.gateway = :gateway and c.done_at is null
                               order by day desc limit 1)
          and (p.updated_at, p.id) > (select through_at, through_id from comparisons c
                                      where c.gateway = :gateway and c.done_at is null
                                      order by day desc limit 1)
        order by p.updated_at, p.id
        limit :atMost
        """;
    var found =
        database
            .sql(BOOKED + page)
            .param("gateway", gateway)
            .param("atMost", atMost)
            .query(PostgresComparisons::booked)
            .list();
    if (found.isEmpty()) {
      database
          .sql(
              """
              update comparisons set done_at = clock_timestamp()
              where gateway = ? and done_at is null
              """)
          .param(gateway)
          .update();
    }
    return found;
  }

  @Override
  public void through(String gateway, Booked last, int compared, Duration lease) {
    database
        .sql(
            """
            update comparisons c
            set through_at = p.updated_at, through_id = p.id, compared = c.compared + :compared,
                leased_until = clock_timestamp() + :leaseMillis * interval '1 ms'
            from payments p
            where p.id = :last and c.gateway = :gateway and c.done_at is null
            """)
        .param("gateway", gateway)
        .param("last", last.payment().id().value())
        .param("compared", compared)
        .param("leaseMillis", lease.toMillis())
        .update();
  }

  @Override
  public List<Booked> open(String gateway, int atMost) {
    var sql =
        BOOKED
            + """
              and p.id in (select payment_id from differences
                           where gateway = :gateway and gone_at is null
                           order by seen_at limit :atMost)
            order by p.id
            """;
    return database
        .sql(sql)
        .param("gateway", gateway)
        .param("atMost", atMost)
        .query(PostgresComparisons::booked)
        .list();
  }

  @Override
  public Optional<Booked> settled(PaymentId id) {
    return database
        .sql(BOOKED + " and p.id = ?")
        .param(id.value())
        .query(PostgresComparisons::booked)
        .optional();
  }

  @Override
  public boolean differs(Booked booked, Kind kind, Sums there) {
    var sql =
        """
        insert into differences (payment_id, gateway, kind, captured_here, refunded_here,
                                 captured_there, refunded_there, found_at, seen_at)
        values (:payment, :gateway, :kind, :capturedHere, :refundedHere,
                :capturedThere, :refundedThere, now(), now())
        on conflict (payment_id) where gone_at is null do update
        set kind = excluded.kind, captured_here = excluded.captured_here,
            refunded_here = excluded.refunded_here, captured_there = excluded.captured_there,
            refunded_there = excluded.refunded_there, seen_at = excluded.seen_at
        returning found_at = seen_at
        """;
    return database
        .sql(sql)
        .param("payment", booked.payment().id().value())
        .param("gateway", booked.payment().gateway())
        .param("kind", kind.name())
        .param("capturedHere", booked.here().captured())
        .param("refundedHere", booked.here().refunded())
        .param("capturedThere", there.captured())
        .param("refundedThere", there.refunded())
        .query(Boolean.class)
        .single();
  }

  @Override
  public void agrees(PaymentId id) {
    database
        .sql(
            """
            update differences set gone_at = clock_timestamp()
            where payment_id = ? and gone_at is null
            """)
        .param(id.value())
        .update();
  }

  @Override
  public List<Count> counts() {
    var sql =
        """
        select gateway, count(*) as count,
               extract(epoch from clock_timestamp() - min(found_at))::bigint as seconds
        from differences
        where gone_at is null
        group by gateway
        """;
    return database
        .sql(sql)
        .query((row, _) ->
            new Count(
                row.getString("gateway"),
                row.getLong("count"),
                Duration.ofSeconds(row.getLong("seconds"))))
        .list();
  }

  @Override
  public List<Difference> list(long before, int atMost) {
    var sql =
        """
        select d.*, p.order_id,
               extract(epoch from clock_timestamp() - d.found_at)::bigint as seconds
        from differences d join payments p on p.id = d.payment_id
        where d.gone_at is null and d.number < :before
        order by d.number desc
        limit :atMost
        """;
    return database
        .sql(sql)
        .param("before", before)
        .param("atMost", atMost)
        .query(PostgresComparisons::difference)
        .list();
  }

  private static Booked booked(ResultSet row, int number) throws SQLException {
    return new Booked(
        PaymentRows.payment(row, number),
        new Sums(row.getLong("booked_captured"), row.getLong("booked_refunded")),
        row.getBoolean("refused"));
  }

  private static Difference difference(ResultSet row, int number) throws SQLException {
    return new Difference(
        row.getLong("number"),
        new PaymentId(row.getObject("payment_id", UUID.class)),
        new OrderId(row.getObject("order_id", UUID.class)),
        row.getString("gateway"),
        Kind.valueOf(row.getString("kind")),
        new Sums(row.getLong("captured_here"), row.getLong("refunded_here")),
        new Sums(row.getLong("captured_there"), row.getLong("refunded_there")),
        row.getObject("found_at", OffsetDateTime.class).toInstant(),
        Duration.ofSeconds(row.getLong("seconds")));
  }
}
