package dev.seonchak.payments.simulator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The simulated company's sessions, ledger and switches, in a schema of their own so that they
 * outlive a restart. The platform never looks in here. Each change is one statement that names the
 * state it starts from.
 */
final class Books {
  private static final String SCHEMA =
      """
      create schema if not exists simulator;
      create table if not exists simulator.sessions (
        tid           text primary key,
        page          text not null unique,
        partner_order text not null,
        partner_user  text not null,
        item          text not null,
        quantity      int not null,
        amount        bigint not null,
        approval_url  text not null,
        cancel_url    text not null,
        fail_url      text not null,
        status        text not null,
        token         text,
        captured      bigint not null default 0,
        cancelled     bigint not null default 0,
        -- When money is going to be taken that was not taken while it was asked for.
        capture_at    timestamptz,
        created_at    timestamptz not null default clock_timestamp()
      );
      create index if not exists sessions_order on simulator.sessions (partner_order);
      create index if not exists sessions_capture on simulator.sessions (capture_at)
        where capture_at is not null;
      create table if not exists simulator.ledger (
        id     bigint generated always as identity primary key,
        tid    text not null,
        aid    text not null,
        kind   text not null check (kind in ('CAPTURE', 'CANCEL')),
        amount bigint not null check (amount > 0),
        at     timestamptz not null default clock_timestamp()
      );
      create table if not exists simulator.switches (
        id            bigint generated always as identity primary key,
        partner_order text not null,
        call          text not null,
        fault         text not null,
        delay_millis  bigint not null,
        times         int not null
      );
      """;

  private static final String COLUMNS =
      """
      tid, page, partner_order, partner_user, item, quantity, amount, approval_url, cancel_url,
      fail_url, status, token, captured, cancelled, created_at,
      created_at + interval '15 minutes' < clock_timestamp() as over
      """;

  private final JdbcClient database;

  Books(JdbcClient database) {
    this.database = database;
  }

  /** Makes the tables where they are missing; several processes may do so at once. */
  void open() {
    database
        .sql("do $$ begin perform pg_advisory_xact_lock(7366746); " + SCHEMA + " end $$")
        .update();
  }

  void add(Session session) {
    var sql =
        """
        insert into simulator.sessions (tid, page, partner_order, partner_user, item, quantity,
                                        amount, approval_url, cancel_url, fail_url, status)
        values (:tid, :page, :order, :user, :item, :quantity,
                :amount, :approvalUrl, :cancelUrl, :failUrl, :status)
        """;
    database
        .sql(sql)
        .param("tid", session.tid())
        .param("page", session.page())
        .param("order", session.order())
        .param("user", session.user())
        .param("item", session.item())
        .param("quantity", session.quantity())
        .param("amount", session.amount())
        .param("approvalUrl", session.approvalUrl())
        .param("cancelUrl", session.cancelUrl())
        .param("failUrl", session.failUrl())
        .param("status", session.status())
        .update();
  }

  Optional<Session> byTid(String tid) {
    captureDue();
    return one("select " + COLUMNS + " from simulator.sessions where tid = ?", tid);
  }

  Optional<Session> byPage(String page) {
    return one("select " + COLUMNS + " from simulator.sessions where page = ?", page);
  }

  private Optional<Session> one(String sql, String value) {
    return database.sql(sql).param(value).query(Books::session).optional();
  }

  /** Moves a session on the buyer's page; says whether it was still open. */
  boolean move(String tid, String status, String token) {
    var sql =
        """
        update simulator.sessions set status = :status, token = nullif(:token, '')
        where tid = :tid and status in ('READY', 'OPEN_PAYMENT', 'SELECT_METHOD')
        """;
    return database
            .sql(sql)
            .param("tid", tid)
            .param("status", status)
            .param("token", token)
            .update()
        == 1;
  }

  /** Ends a session that the buyer has agreed to, without capturing. */
  void fail(String tid) {
    database
        .sql(
            """
            update simulator.sessions set status = 'FAIL_PAYMENT'
            where tid = ? and status = 'AUTH_PASSWORD'
            """)
        .param(tid)
        .update();
  }

  /** Takes the money; false when it has been taken or the session is not open to it. */
  boolean capture(String tid, String aid, long amount) {
    var sql =
        """
        with taken as (
          update simulator.sessions set status = 'SUCCESS_PAYMENT', captured = :amount, capture_at = null
          where tid = :tid and status = 'AUTH_PASSWORD'
          returning tid, captured
        )
        insert into simulator.ledger (tid, aid, kind, amount)
        select tid, :aid, 'CAPTURE', captured from taken
        """;
    return database.sql(sql).param("tid", tid).param("aid", aid).param("amount", amount).update()
        == 1;
  }

  /** Takes the money later, and until then gives {@code status}. */
  void captureLater(String tid, String status, Duration delay) {
    database
        .sql(
            """
            update simulator.sessions
            set status = :status, capture_at = clock_timestamp() + :delayMillis * interval '1 ms'
            where tid = :tid and status = 'AUTH_PASSWORD'
            """)
        .param("tid", tid)
        .param("status", status)
        .param("delayMillis", delay.toMillis())
        .update();
  }

  private void captureDue() {
    database
        .sql(
            """
            with taken as (
              update simulator.sessions
              set status = 'SUCCESS_PAYMENT', captured = amount, capture_at = null
              where capture_at <= clock_timestamp()
              returning tid, captured
            )
            insert into simulator.ledger (tid, aid, kind, amount)
            select tid, 'A' || tid, 'CAPTURE', captured from taken
            """)
        .update();
  }

  /**
   * Gives money back.
   *
   * @param left what the caller believes to be left, negative when it does not say
   * @return false when that much is not left, or not what the caller believes
   */
  boolean cancel(String tid, String aid, long amount, long left) {
    var sql =
        """
        with given as (
          update simulator.sessions
          set cancelled = cancelled + :amount,
              status = case when captured = cancelled + :amount
                       then 'CANCEL_PAYMENT' else 'PART_CANCEL_PAYMENT' end
          where tid = :tid and captured - cancelled >= :amount
            and (:left < 0 or captured - cancelled = :left)
          returning tid
        )
        insert into simulator.ledger (tid, aid, kind, amount)
        select tid, :aid, 'CANCEL', :amount from given
        """;
    return database
            .sql(sql)
            .param("tid", tid)
            .param("aid", aid)
            .param("amount", amount)
            .param("left", left)
            .update()
        == 1;
  }

  /** One movement of money; {@code order} and {@code user} are the shop's. */
  record Movement(
      long id,
      String tid,
      String order,
      String user,
      String kind,
      long amount,
      OffsetDateTime at) {}

  /** Movements after the one numbered {@code after}, of one order or ({@code ""}) of all. */
  List<Movement> movements(String order, long after, int atMost) {
    captureDue();
    var sql =
        """
        select l.id, l.tid, s.partner_order, s.partner_user, l.kind, l.amount, l.at
        from simulator.ledger l join simulator.sessions s using (tid)
        where l.id > :after and (:order = '' or s.partner_order = :order)
        order by l.id
        limit :atMost
        """;
    return database
        .sql(sql)
        .param("order", order)
        .param("after", after)
        .param("atMost", atMost)
        .query((row, _) ->
            new Movement(
                row.getLong("id"),
                row.getString("tid"),
                row.getString("partner_order"),
                row.getString("partner_user"),
                row.getString("kind"),
                row.getLong("amount"),
                row.getObject("at", OffsetDateTime.class)))
        .list();
  }

  private static Session session(ResultSet row, int number) throws SQLException {
    return new Session(
        row.getString("tid"),
        row.getString("page"),
        row.getString("partner_order"),
        row.getString("partner_user"),
        row.getString("item"),
        row.getInt("quantity"),
        row.getLong("amount"),
        row.getString("approval_url"),
        row.getString("cancel_url"),
        row.getString("fail_url"),
        row.getString("status"),
        row.getString("token"),
        row.getLong("captured"),
        row.getLong("cancelled"),
        row.getObject("created_at", OffsetDateTime.class),
        row.getBoolean("over"));
  }
}
