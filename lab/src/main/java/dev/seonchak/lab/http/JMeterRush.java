package dev.seonchak.lab.http;

import dev.seonchak.lab.load.Cost;
import dev.seonchak.lab.load.Percentiles;
import dev.seonchak.lab.load.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The running platform under the predecessors' load, with the predecessors' tool. */
public final class JMeterRush implements AutoCloseable {
  private final JMeter jmeter;
  private final Path folder;
  private final Platform platform;

  /**
   * @param app folder of the module that builds the platform
   * @param plans folder with the plan and JMeter
   * @param folder for everything that the run writes
   */
  public JMeterRush(Path app, Path plans, Path folder) throws IOException {
    jmeter = new JMeter(plans);
    this.folder = folder;
    platform = Platform.start(app, folder);
  }

  /**
   * How hard.
   *
   * @param cycles requests of each thread, one after the other
   */
  public record Conditions(int threads, int rampSeconds, int cycles) {
    int requests() {
      return threads * cycles;
    }
  }

  /**
   * What came of it.
   *
   * @param perSecond 201s from the first request to the last answer
   * @param latencies of 201s, in whole milliseconds as JMeter counts
   * @param answers how often each status
   * @param loadMicros processor time of JMeter for each request
   */
  public record Outcome(
      double perSecond,
      Percentiles latencies,
      List<Timeline.Slot> timeline,
      Map<String, Integer> answers,
      double platformMicros,
      double databaseMicros,
      double loadMicros,
      List<String> findings) {}

  /** The version of the platform's database. */
  public String database() throws Exception {
    return platform.database();
  }

  /**
   * @param now when the sessions of the accounts begin
   */
  public Outcome run(Conditions conditions, Instant now) throws Exception {
    try (Connection connection = platform.connect()) {
      People people = new People(connection);
      String seller = people.signUp(1, "SELLER", now).getFirst().token();
      List<People.Person> buyers = people.signUp(conditions.threads(), "BUYER", now);
      Path tokens = folder.resolve("tokens.csv");
      Files.write(tokens, buyers.stream().map(People.Person::token).toList());
      try (Shop shop = new Shop(platform.port(), seller)) {
        Shop.Hot hot = shop.open();
        Cost cost = platform.cost();
        JMeter.Samples samples =
            jmeter.run(
                Map.of(
                    "port", Integer.toString(platform.port()),
                    "drop", hot.drop().toString(),
                    "item", hot.item().toString(),
                    "tokens", tokens.toString(),
                    "threads", Integer.toString(conditions.threads()),
                    "rampSeconds", Integer.toString(conditions.rampSeconds()),
                    "cycles", Integer.toString(conditions.cycles())),
                folder);
        int requests = conditions.requests();
        return new Outcome(
            samples.created().size() / samples.seconds(),
            Percentiles.of(samples.created().latencies()),
            Timeline.of(samples.created(), 1),
            samples.answers(),
            cost.ownMicros(requests),
            cost.serverMicros(requests),
            samples.cpu().toNanos() / 1e3 / requests,
            findings(conditions, samples, numbers(connection, hot.drop()), shop.audit(hot.drop())));
      }
    }
  }

  /** Claims of a drop, distinct numbers among them, the largest of these. */
  private record Numbers(long claims, long distinct, long largest) {}

  private static Numbers numbers(Connection connection, UUID drop) throws SQLException {
    String sql =
        """
        select count(*), count(distinct c.sequence), coalesce(max(c.sequence), 0)
        from orders o join claims c on c.holder_id = o.id and c.claimant_id = o.buyer_id
        where o.drop_id = ? and o.sequences = array[c.sequence]
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, drop);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Numbers(rows.getLong(1), rows.getLong(2), rows.getLong(3));
      }
    }
  }

  private static List<String> findings(
      Conditions conditions, JMeter.Samples samples, Numbers numbers, JsonNode audit) {
    List<String> findings = new ArrayList<>();
    int wanted = conditions.requests();
    if (samples.created().size() != wanted) {
      findings.add("%d requests were answered with %s".formatted(wanted, samples.answers()));
    }
    if (!numbers.equals(new Numbers(wanted, wanted, wanted))) {
      findings.add("numbers are not 1 to %d: %s".formatted(wanted, numbers));
    }
    if (!audit.path("clean").asBoolean()) {
      findings.add("the audit says " + audit.path("violations"));
    }
    return findings;
  }

  @Override
  public void close() {
    platform.close();
  }
}
