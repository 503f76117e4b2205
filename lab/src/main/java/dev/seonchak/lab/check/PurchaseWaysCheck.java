package dev.seonchak.lab.check;

import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whether every payment that was captured is one confirmed order with confirmed claims, and the
 * other way round, and everybody who was told of a payment has both.
 */
public final class PurchaseWaysCheck {
  private final Connection connection;
  private final Map<UUID, Long> before;

  /**
   * @param before what had been captured when the tables were empty
   */
  public PurchaseWaysCheck(Connection connection, Map<UUID, Long> before) {
    this.connection = connection;
    this.before = Map.copyOf(before);
  }

  /** What is wrong once everything has settled, in sentences. */
  public List<String> end(Map<UUID, Long> captured, List<Hold> told) throws SQLException {
    Map<UUID, Long> paid = new HashMap<>(captured);
    paid.keySet().removeAll(before.keySet());
    Map<UUID, Long> confirmed = confirmed();
    List<String> findings = new ArrayList<>();
    add(findings, "captured without a confirmed order", difference(paid, confirmed));
    add(findings, "confirmed without a capture", difference(confirmed, paid));
    add(
        findings,
        "told and not captured",
        told.stream().map(Hold::order).filter(order -> !paid.containsKey(order)).toList());
    counters(findings);
    return findings;
  }

  /** Orders of which the other side says something else, be it the amount. */
  private static List<UUID> difference(Map<UUID, Long> one, Map<UUID, Long> other) {
    return one.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(other.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void add(List<String> findings, String what, List<UUID> orders) {
    if (!orders.isEmpty()) {
      findings.add("%d %s, for example %s".formatted(orders.size(), what, orders.getFirst()));
    }
  }

  private Map<UUID, Long> confirmed() throws SQLException {
    String sql =
        """
        select o.id, o.amount
        from orders o join claims c
          on c.pool_id = o.items[1] and c.sequence = o.sequences[1] and c.holder_id = o.id
        where o.state = 'CONFIRMED' and c.state = 'C'
        """;
    Map<UUID, Long> amounts = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        amounts.put(rows.getObject(1, UUID.class), rows.getLong(2));
      }
    }
    return amounts;
  }

  private void counters(List<String> findings) throws SQLException {
    String sql =
        """
        select p.id, p.taken, p.next_sequence, count(c.*), coalesce(sum(c.quantity), 0),
               count(distinct c.sequence), coalesce(max(c.sequence), 0)
        from pools p left join claims c on c.pool_id = p.id group by p.id
        """;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        long claims = rows.getLong(4);
        if (rows.getLong(2) != rows.getLong(5)
            || rows.getLong(3) != claims + 1
            || rows.getLong(6) != claims
            || rows.getLong(7) != claims) {
          findings.add("counters or numbers of pool %s are wrong".formatted(rows.getString(1)));
        }
      }
    }
  }
}
