package dev.seonchak.lab;

import dev.seonchak.lab.http.PurchasesAtRates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How long a purchase with payment takes when so many arrive every second. */
final class PurchasesRun {
  static final Set<String> OPTIONS =
      Set.of("quick", "rates", "seconds", "warm-ups", "app", "data", "results");

  private final Keeping keeping;
  private final List<Integer> rates;
  private final Duration length;
  private final int warmUps;
  private final Path app;
  private final Instant at;

  PurchasesRun(Options options, Instant at) {
    this.at = at;
    keeping = new Keeping("purchases", options, at);
    rates =
        options.list("rates", "100,300,500").stream()
            .map(rate -> new Options(Map.of("rates", rate)).number("rates", 1))
            .toList();
    length = Duration.ofSeconds(options.number("seconds", options.has("quick") ? 5 : 20));
    warmUps = options.number("warm-ups", options.has("quick") ? 200 : 3_000);
    app = Path.of(options.text("app", "app"));
  }

  /** Whether every purchase was paid for once, and every row is right. */
  boolean run() throws Exception {
    double load = Machine.load();
    try (Workplace<PurchasesAtRates> place =
        Workplace.open(keeping.data(), folder -> new PurchasesAtRates(app, folder))) {
      PurchasesAtRates purchases = place.work();
      Machine machine = keeping.machine(List.of(purchases.database()), load);
      List<PurchasesAtRates.AtRate> all = purchases.run(warmUps, rates, length, at);
      report(all, machine);
      return all.stream().allMatch(one -> one.findings().isEmpty());
    }
  }

  private void report(List<PurchasesAtRates.AtRate> all, Machine machine) throws IOException {
    Results.Table table =
        new Results.Table(
            List.of(
                "offered/s",
                "done/s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "p99.99 ms",
                "return p50 ms",
                "return p95 ms",
                "platform µs",
                "database µs",
                "load µs",
                "purchases",
                "verdict"),
            all.stream().map(PurchasesRun::row).toList());
    List<String> remarks =
        List.of(
            ("After %,d purchases for warming up they begin at the rate offered for %d s, whether or not those before have"
                    + " ended. Each is four requests:"
                    + " hold a piece of one hot item, start to pay, agree on the simulated company's page, come back; its"
                    + " time counts from the moment at which it was to begin. The return is the request that charges the"
                    + " buyer. Platform, simulator, database, Kafka and load share the machine; µs are processor time for"
                    + " each purchase.")
                .formatted(warmUps, length.toSeconds()),
            "After each rate every payment was compared with its order, its ledger and the company's books, the paid orders"
                + " were counted, and the drop was audited.");
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("workload", "purchases");
    data.put("seconds", length.toSeconds());
    data.put("rates", all);
    Path page =
        keeping.results().keep("Purchases with payment at a rate", machine, data, table, remarks);
    Progress.say("\n" + table.plain() + "\nkept in " + page);
  }

  private static List<String> row(PurchasesAtRates.AtRate one) {
    return List.of(
        Integer.toString(one.offered()),
        decimal(one.perSecond(), 0),
        decimal(one.latencies().p50(), 1),
        decimal(one.latencies().p95(), 1),
        decimal(one.latencies().p99(), 1),
        decimal(one.latencies().p9999(), 1),
        decimal(one.returns().p50(), 1),
        decimal(one.returns().p95(), 1),
        decimal(one.platformMicros(), 0),
        decimal(one.databaseMicros(), 0),
        decimal(one.loadMicros(), 0),
        "%,d".formatted(one.purchases()),
        one.findings().isEmpty() ? "right" : "WRONG: " + String.join("; ", one.findings()));
  }

  private static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
