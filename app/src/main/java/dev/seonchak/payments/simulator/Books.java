package dev.seonchak.payments.simulator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The simulated company's sessions and ledger. Each change is one statement that names the state it
 * starts from.
 */
final class Books {
  private static final String COLUMNS =
      """
      tid, gateway, page, partner_order, partner_user, item, quantity, amount, approval_url, cancel_url,
      fail_url, status, token, captured, cancelled, created_at,
      created_at + case gateway when 'toss' then interval '40 minutes' else interval '15 minutes' end
        < clock_timestamp() as over
      """;

  private final JdbcClient database;

  Books(JdbcClient database) {
    this.database = database;
  }

  void add(Session session) {
    var sql =
        """
        insert into simulator.sessions (tid, gateway, page, partner_order, partner_user, item, quantity,
                                        amount, approval_url, cancel_url, fail_url, status)
        values (:tid, :gateway, :page, :order, :user, :item, :quantity,
                :amount, :approvalUrl, :cancelUrl, :failUrl, :status)
        """;
    database
        .sql(sql)
        .param("tid", session.tid())
        .param("gateway", session.gateway())
        .param("page", session.page())
        .param("order", session.order())
        .param("user", session.user())
        .param("item", session.item())
        .param("quantity", session.quantity())
        .param("amount", session.amount())
        .param("approvalUrl", session.approvalUrl())
        .param("cancelUrl", session.cancelUrl())
        .param("failUrl", session.failUrl())
        .param("status", session.stage().name())
        .update();
  }

  Optional<Session> byTid(String tid) {
    captureDue();
    return one("select " + COLUMNS + " from simulator.sessions where tid = ?", tid);
  }

  Optional<Session> byPage(String page) {
    return one("select " + COLUMNS + " from simulator.sessions where page = ?", page);
  }

  /**
   * The session of a gateway for a shop's order; of several the one that was captured, or the last.
   */
  Optional<Session> byOrder(String gateway, String order) {
    captureDue();
    var sql =
        "select "
            + COLUMNS
            + """
            from simulator.sessions where gateway = ? and partner_order = ?
            order by captured > 0 desc, created_at desc limit 1
            """;
    return database.sql(sql).param(gateway).param(order).query(Books::session).optional();
  }

  private Optional<Session> one(String sql, String value) {
    return database.sql(sql).param(value).query(Books::session).optional();
  }

  /** Moves a session on the buyer's page; says whether it was still open. */
  boolean move(String tid, Stage stage, String token) {
    var sql =
        """
        update simulator.sessions set status = :status, token = nullif(:token, '')
        where tid = :tid and status in ('READY', 'OPENED')
        """;
    return database
            .sql(sql)
            .param("tid", tid)
            .param("status", stage.name())
            .param("token", token)
            .update()
        == 1;
  }

  /** Ends a session that the buyer has agreed to, without capturing. */
  void fail(String tid) {
    database
        .sql(
            """
            update simulator.sessions set status = 'FAILED'
            where tid = ? and status = 'AGREED'
            """)
        .param(tid)
        .update();
  }

  /** Takes the money; false when it has been taken or the session is not open to it. */
  boolean capture(String tid, String aid, long amount) {
    var sql =
        """
        with taken as (
          update simulator.sessions set status = 'CAPTURED', captured = :amount, capture_at = null
          where tid = :tid and status = 'AGREED'
          returning tid, captured
        )
        insert into simulator.ledger (tid, aid, kind, amount)
        select tid, :aid, 'CAPTURE', captured from taken
        """;
    return database.sql(sql).param("tid", tid).param("aid", aid).param("amount", amount).update()
        == 1;
  }

  /** Takes the money later, and until then stands at {@code stage}. */
  void captureLater(String tid, Stage stage, Duration delay) {
    database
        .sql(
            """
            update simulator.sessions
            set status = :status, capture_at = clock_timestamp() + :delayMillis * interval '1 ms'
            where tid = :tid and status = 'AGREED'
            """)
        .param("tid", tid)
        .param("status", stage.name())
        .param("delayMillis", delay.toMillis())
        .update();
  }

  private void captureDue() {
    database
        .sql(
            """
            with taken as (
              update simulator.sessions
              set status = 'CAPTURED', captured = amount, capture_at = null
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
                       then 'RETURNED' else 'PARTLY_RETURNED' end
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

  /**
   * Movements after the one numbered {@code after}, of orders that begin like {@code order}: a shop
   * may number its attempts by order and more.
   */
  List<Movement> movements(String order, long after, int atMost) {
    captureDue();
    var sql =
        """
        select l.id, l.tid, s.gateway, s.partner_order, s.partner_user, l.kind, l.amount, l.at
        from simulator.ledger l join simulator.sessions s using (tid)
        where l.id > :after and starts_with(s.partner_order, :order)
        order by l.id
        limit :atMost
        """;
    return database
        .sql(sql)
        .param("order", order)
        .param("after", after)
        .param("atMost", atMost)
        .query(Books::movement)
        .list();
  }

  /** What of one session went back, oldest first. */
  List<Movement> cancels(String tid) {
    var sql =
        """
        select l.id, l.tid, s.gateway, s.partner_order, s.partner_user, l.kind, l.amount, l.at
        from simulator.ledger l join simulator.sessions s using (tid)
        where l.tid = ? and l.kind = 'CANCEL'
        order by l.id
        """;
    return database.sql(sql).param(tid).query(Books::movement).list();
  }

  private static Movement movement(ResultSet row, int number) throws SQLException {
    return new Movement(
        row.getLong("id"),
        row.getString("tid"),
        row.getString("gateway"),
        row.getString("partner_order"),
        row.getString("partner_user"),
        row.getString("kind"),
        row.getLong("amount"),
        row.getObject("at", OffsetDateTime.class));
  }

  private static Session session(ResultSet row, int number) throws SQLException {
    return new Session(
        row.getString("tid"),
        row.getString("gateway"),
        row.getString("page"),
        row.getString("partner_order"),
        row.getString("partner_user"),
        row.getString("item"),
        row.getInt("quantity"),
        row.getLong("amount"),
        row.getString("approval_url"),
        row.getString("cancel_url"),
        row.getString("fail_url"),
        Stage.valueOf(row.getString("status")),
        row.getString("token"),
        row.getLong("captured"),
        row.getLong("cancelled"),
        row.getObject("created_at", OffsetDateTime.class),
        row.getBoolean("over"));
  }
}
