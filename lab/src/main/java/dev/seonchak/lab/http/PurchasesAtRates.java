package dev.seonchak.lab.http;

import dev.seonchak.lab.Progress;
import dev.seonchak.lab.check.PaymentsCheck;
import dev.seonchak.lab.load.Cost;
import dev.seonchak.lab.load.Percentiles;
import dev.seonchak.lab.load.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Purchases with payment on the running platform, at one rate after the other: each one holds a
 * piece, starts to pay, agrees on the simulated company's page and comes back.
 */
public final class PurchasesAtRates implements AutoCloseable {
  private static final int BUYERS = 1_000;
  private static final int WARMING_UP_AT_ONCE = 8;
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);

  private final Platform platform;

  /**
   * @param app folder of the module that builds the platform
   * @param folder for everything that the run writes
   */
  public PurchasesAtRates(Path app, Path folder) throws IOException {
    platform = Platform.start(app, folder);
  }

  /**
   * What came of one rate.
   *
   * @param offered purchases a second that were begun
   * @param perSecond purchases a second that were done, until the last one was
   * @param latencies of whole purchases, four requests each, from the moment each was to begin
   * @param returns of the request alone that charges the buyer
   * @param loadMicros processor time of the load for each purchase
   */
  public record AtRate(
      int offered,
      double perSecond,
      Percentiles latencies,
      Percentiles returns,
      List<Timeline.Slot> timeline,
      double platformMicros,
      double databaseMicros,
      double loadMicros,
      int purchases,
      List<String> findings) {}

  /** The version of the platform's database. */
  public String database() throws Exception {
    return platform.database();
  }

  /**
   * @param warmUps purchases before, a few at a time
   * @param rates purchases a second
   * @param length of each
   * @param now when the sessions of the accounts begin
   */
  public List<AtRate> run(int warmUps, List<Integer> rates, Duration length, Instant now)
      throws Exception {
    List<AtRate> all = new ArrayList<>();
    Progress progress = new Progress(rates.size() + 1);
    try (Connection connection = platform.connect()) {
      People people = new People(connection);
      String seller = people.signUp(1, "SELLER", now).getFirst().token();
      List<String> buyers =
          people.signUp(BUYERS, "BUYER", now).stream().map(People.Person::token).toList();
      try (Shop shop = new Shop(platform.port(), seller)) {
        warmUp(shop, buyers, warmUps);
        progress.step("warmed up by %,d purchases".formatted(warmUps));
        for (int rate : rates) {
          AtRate one = atRate(shop, buyers, rate, length, connection);
          all.add(one);
          progress.step(
              "%d a second: %,.0f done, p95 %.1f ms, %s"
                  .formatted(
                      rate,
                      one.perSecond(),
                      one.latencies().p95(),
                      one.findings().isEmpty() ? "all rows right" : one.findings().toString()));
        }
      }
    }
    return all;
  }

  private void warmUp(Shop shop, List<String> buyers, int purchases) throws Exception {
    try (Payers payers = new Payers(platform.port(), shop.open())) {
      payers.pay(purchases, WARMING_UP_AT_ONCE, buyers);
    }
  }

  private AtRate atRate(
      Shop shop, List<String> buyers, int rate, Duration length, Connection connection)
      throws Exception {
    Shop.Hot hot = shop.open();
    int count = (int) (rate * length.toMillis() / 1000);
    OpenLoad load = new OpenLoad();
    try (Payers payers = new Payers(platform.port(), hot)) {
      Cost ofPlatform = platform.cost();
      Cost ofLoad = Cost.of(List.of(ProcessHandle.current()));
      long began = System.nanoTime();
      load.run(rate, count, number -> payers.pay(buyers.get(number % buyers.size())));
      double seconds = (System.nanoTime() - began) / 1e9;
      double platformMicros = ofPlatform.ownMicros(count);
      double databaseMicros = ofPlatform.serverMicros(count);
      double loadMicros = ofLoad.ownMicros(count);
      return new AtRate(
          rate,
          load.served().size() / seconds,
          Percentiles.of(load.served().latencies()),
          Percentiles.of(payers.returns()),
          Timeline.of(load.served(), 1),
          platformMicros,
          databaseMicros,
          loadMicros,
          load.served().size(),
          findings(load, count, shop, hot, connection));
    }
  }

  private static List<String> findings(
      OpenLoad load, int count, Shop shop, Shop.Hot hot, Connection connection) throws Exception {
    List<String> findings = new ArrayList<>();
    if (load.failures() > 0) {
      findings.add("%d purchases failed: %s".formatted(load.failures(), load.first()));
    }
    long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
    while (PaymentsCheck.unmatched(connection) > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    findings.addAll(PaymentsCheck.findings(connection));
    if (PaymentsCheck.unmatched(connection) > 0) {
      findings.add("payments are not matched");
    }
    long paid = PaymentsCheck.paidOrders(connection, hot.drop());
    if (paid != count) {
      findings.add("%d of %d orders are paid".formatted(paid, count));
    }
    JsonNode audit = shop.audit(hot.drop());
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
