package dev.seonchak.lab.http;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whether every 201 stands in the platform's database as it was answered, and nothing else does.
 */
final class HoldsCheck {
  private HoldsCheck() {}

  /** A 201, with who asked. */
  record Held(UUID account, UUID key, UUID order, long sequence) {}

  /**
   * What the load was told.
   *
   * @param answers file of {@link Answers}, which is gone then
   * @param buyers in the order of the requests
   */
  static List<Held> held(Path answers, List<People.Person> buyers) throws IOException {
    List<Held> held = new ArrayList<>();
    for (Answers.Told told : Answers.read(answers)) {
      held.add(
          new Held(
              buyers.get(told.account()).account(), told.key(), told.order(), told.sequence()));
    }
    Files.delete(answers);
    return held;
  }

  static List<Finding> of(Connection connection, UUID drop, List<Held> held) throws SQLException {
    Map<UUID, Held> told = HashMap.newHashMap(held.size());
    held.forEach(one -> told.put(one.order(), one));
    List<String> altered = new ArrayList<>();
    List<String> untold = new ArrayList<>();
    String sql =
        """
        select o.id, o.buyer_id, o.buyer_key, c.sequence
        from orders o join claims c on c.holder_id = o.id and c.claimant_id = o.buyer_id
        where o.drop_id = ? and o.state = 'PENDING' and c.state = 'H'
          and o.sequences = array[c.sequence]
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, drop);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UUID order = rows.getObject(1, UUID.class);
          Held one = told.remove(order);
          if (one == null) {
            untold.add("order " + order);
          } else if (!one.account().equals(rows.getObject(2, UUID.class))
              || !stored(drop, one).equals(rows.getObject(3, UUID.class))
              || one.sequence() != rows.getLong(4)) {
            altered.add("order " + order);
          }
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    add(findings, Finding.Kind.UNTOLD, untold);
    add(findings, Finding.Kind.ALTERED, altered);
    add(
        findings,
        Finding.Kind.LOST,
        told.keySet().stream().map(order -> "order " + order).toList());
    return findings;
  }

  private static void add(List<Finding> findings, Finding.Kind kind, List<String> examples) {
    if (!examples.isEmpty()) {
      findings.add(new Finding(kind, examples.size(), examples.getFirst()));
    }
  }

  /** As the platform keeps a buyer's key. */
  private static UUID stored(UUID drop, Held held) {
    return BuyerKey.of(new DropId(drop), new AccountId(held.account()), held.key().toString())
        .value();
  }
}
