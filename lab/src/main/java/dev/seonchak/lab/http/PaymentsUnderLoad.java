package dev.seonchak.lab.http;

import dev.seonchak.lab.check.PaymentsCheck;
import dev.seonchak.lab.load.Latencies;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Payments on the running platform while the company makes mistakes, and what is left of them. */
public final class PaymentsUnderLoad implements AutoCloseable {
  private static final int BUYERS = 200;
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);

  private final Platform platform;

  /**
   * @param app folder of the module that builds the platform
   * @param folder for everything that the run writes
   */
  public PaymentsUnderLoad(Path app, Path folder) throws IOException {
    platform = Platform.start(app, folder);
  }

  /**
   * @param atOnce buyers at the same time
   * @param oneFaultIn one payment in so many goes wrong
   */
  public record Conditions(int payments, int atOnce, int oneFaultIn, long seed) {}

  /**
   * What came of it.
   *
   * @param seconds from the first hold to the last return
   * @param unmatchedBefore payments on which both sides did not agree when the last buyer was back
   * @param settledSeconds from then until there was none
   * @param unmatched payments on which they never agreed
   * @param findings what is wrong, empty when nothing is
   */
  public record Outcome(
      double seconds,
      double returnP50Millis,
      double returnP99Millis,
      Map<String, Integer> faults,
      Map<String, Integer> states,
      long unmatchedBefore,
      double settledSeconds,
      long unmatched,
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
      List<String> buyers =
          people.signUp(BUYERS, "BUYER", now).stream().map(People.Person::token).toList();
      try (Shop shop = new Shop(platform.port(), seller)) {
        Shop.Hot hot = shop.open();
        try (Payers payers = new Payers(platform.port(), hot)) {
          long began = System.nanoTime();
          payers.pay(
              conditions.payments(),
              conditions.atOnce(),
              conditions.oneFaultIn(),
              buyers,
              new Random(conditions.seed()));
          double seconds = since(began);
          return settled(connection, payers, seconds, () -> shop.audit(hot.drop()));
        }
      }
    }
  }

  private interface Audit {
    JsonNode of() throws IOException, InterruptedException;
  }

  private static Outcome settled(Connection connection, Payers payers, double seconds, Audit audit)
      throws Exception {
    long began = System.nanoTime();
    long before = PaymentsCheck.unmatched(connection);
    long left = before;
    while (left > 0 && since(began) < SETTLED_WITHIN.toSeconds()) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      left = PaymentsCheck.unmatched(connection);
    }
    double settled = since(began);
    List<String> findings = new ArrayList<>(PaymentsCheck.findings(connection));
    JsonNode report = audit.of();
    if (!report.path("clean").asBoolean()) {
      findings.add("the audit says " + report.path("violations"));
    }
    if (left > 0) {
      findings.add(left + " payments are not matched");
    }
    Latencies returns = payers.returns();
    return new Outcome(
        seconds,
        returns.percentileMillis(50),
        returns.percentileMillis(99),
        payers.faults(),
        PaymentsCheck.states(connection),
        before,
        settled,
        left,
        findings);
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  @Override
  public void close() {
    platform.close();
  }
}
