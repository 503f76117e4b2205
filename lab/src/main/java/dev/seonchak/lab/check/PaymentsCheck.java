package dev.seonchak.lab.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Whether the simulated companies' books and the platform's agree, payment by payment. */
public final class PaymentsCheck {
  /** The two ledgers, movement by movement, and whoever has not finished yet. */
  private static final String UNMATCHED =
      """
      with theirs as (
        select tid,
               coalesce(sum(amount) filter (where kind = 'CAPTURE'), 0) as captured,
               coalesce(sum(amount) filter (where kind = 'CANCEL'), 0) as returned
        from simulator.ledger group by tid
      ), ours as (
        select p.id, p.gateway_id,
               coalesce(sum(l.amount) filter (where movement = 'CAPTURED'), 0) as captured,
               coalesce(-sum(l.amount) filter (where movement = 'RETURNED'), 0) as returned
        from ledger l join payments p on p.id = l.payment_id
        where l.account = 'GATEWAY' group by p.id
      )
      select (select count(*) from theirs full join ours on ours.gateway_id = theirs.tid
              where theirs.captured is distinct from ours.captured
                 or theirs.returned is distinct from ours.returned)
           + (select count(*) from simulator.sessions where capture_at is not null)
           + (select count(*) from payments where unanswered_since is not null)
      """;

  /** Sentences about what is wrong, each with a query for one id of it. */
  private static final Map<String, String> RULES =
      Map.of(
          "a capture without exactly one paid order or one full refund",
          """
          select p.id from payments p join orders o on o.id = p.order_id
          where p.captured > 0
            and not (p.state = 'APPROVED' and o.state in ('PAID', 'CONFIRMED')
                     and p.captured = p.amount)
            and not (p.state = 'REFUNDED' and p.refunded = p.captured)
          """,
          "a paid order without exactly one payment",
          """
          select o.id from orders o
          where o.state in ('PAID', 'CONFIRMED')
            and (select count(*) from payments p
                 where p.order_id = o.id and p.state = 'APPROVED') <> 1
          """,
          "a ledger that does not sum to zero, or says something else than the payment",
          """
          select p.id
          from payments p left join lateral (
            select coalesce(sum(amount), 0) as sum,
                   coalesce(sum(amount) filter (where account = 'GATEWAY'), 0) as there
            from ledger where payment_id = p.id) l on true
          where l.sum <> 0 or l.there <> p.captured - p.refunded
          """,
          "a company whose ledger says something else than its own payments",
          """
          select s.tid
          from simulator.sessions s left join lateral (
            select coalesce(sum(amount) filter (where kind = 'CAPTURE'), 0) as captured,
                   coalesce(sum(amount) filter (where kind = 'CANCEL'), 0) as cancelled
            from simulator.ledger where tid = s.tid) l on true
          where l.captured <> s.captured or l.cancelled <> s.cancelled
          """);

  private PaymentsCheck() {}

  /** Payments that are not the same on both sides, or not settled yet. */
  public static long unmatched(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(UNMATCHED)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Orders of a drop that are paid for. */
  public static long paidOrders(Connection connection, UUID drop) throws SQLException {
    String sql = "select count(*) from orders where drop_id = ? and state in ('PAID', 'CONFIRMED')";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, drop);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** What is wrong in the end, with an example each. */
  public static List<String> findings(Connection connection) throws SQLException {
    List<String> findings = new ArrayList<>();
    for (Map.Entry<String, String> rule : RULES.entrySet()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(rule.getValue() + " limit 1")) {
        if (rows.next()) {
          findings.add(rule.getKey() + ", for example " + rows.getString(1));
        }
      }
    }
    return findings;
  }

  /** How many payments ended at which company in which state. */
  public static Map<String, Integer> states(Connection connection) throws SQLException {
    Map<String, Integer> states = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select gateway || ' ' || state, count(*) from payments group by 1")) {
      while (rows.next()) {
        states.put(rows.getString(1), rows.getInt(2));
      }
    }
    return states;
  }
}
