package dev.seonchak.lab;

import dev.seonchak.embedded.Part;
import dev.seonchak.lab.check.PurchaseWaysCheck;
import dev.seonchak.lab.load.Arrivals;
import dev.seonchak.lab.load.HotItem;
import dev.seonchak.lab.load.Percentiles;
import dev.seonchak.lab.ways.Gateway;
import dev.seonchak.lab.ways.Purchase;
import dev.seonchak.lab.ways.Purchases;
import dev.seonchak.lab.ways.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whole purchases of one hot item with payment, at rates that rise. */
final class PurchaseWaysRun {
  static final Set<String> OPTIONS =
      Set.of("quick", "seconds", "gateway-millis", "data", "results");

  private static final List<Integer> RATES = List.of(100, 300, 500);
  private static final int WARM_UP_RATE = 50;

  private final Keeping keeping;
  private final Duration length;
  private final Duration latency;

  PurchaseWaysRun(Options options, Instant at) {
    keeping = new Keeping("purchase-ways", options, at);
    length = Duration.ofSeconds(options.number("seconds", options.has("quick") ? 3 : 10));
    latency = Duration.ofMillis(options.number("gateway-millis", 5));
  }

  /** Whether every purchase was right. */
  boolean run() throws Exception {
    double load = Machine.load();
    Set<Part> parts = Set.of(Part.POSTGRES, Part.REDIS, Part.KAFKA);
    try (Stand stand = Stand.start(keeping.data(), Map.of(), parts)) {
      Progress progress = new Progress(Purchases.values().length * (RATES.size() + 1));
      List<Bought> bought = new ArrayList<>();
      for (Purchases way : Purchases.values()) {
        bought.addAll(buy(way, stand.database(way.word().replace('-', '_')), progress));
      }
      return report(bought, keeping.machine(stand.versions(), load));
    }
  }

  private List<Bought> buy(Purchases way, Servers servers, Progress progress) throws Exception {
    Gateway gateway = new Gateway(latency);
    List<Bought> bought = new ArrayList<>();
    try (Purchase open = way.open(servers, gateway)) {
      step(progress, round(way, open, servers, gateway, WARM_UP_RATE), "warm-up");
      for (int rate : RATES) {
        Bought one = round(way, open, servers, gateway, rate);
        step(progress, one, rate + " a second");
        bought.add(one);
      }
    }
    return bought;
  }

  private static void step(Progress progress, Bought one, String what) {
    progress.step(
        "%s, %s: %,.0f paid a second, p95 %.1f ms, %s"
            .formatted(
                one.way(),
                what,
                one.perSecond(),
                one.latencies().p95(),
                one.findings().isEmpty() ? "all right" : one.findings().getFirst()));
  }

  private Bought round(Purchases way, Purchase open, Servers servers, Gateway gateway, int rate)
      throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers)) {
      workload.prepare(connection);
      PurchaseWaysCheck check = new PurchaseWaysCheck(connection, gateway.captured());
      Arrivals.Outcome outcome = new Arrivals(rate).buy(open, workload, length);
      long answered = System.nanoTime();
      open.settle();
      double settled = (System.nanoTime() - answered) / 1e6;
      List<String> findings = new ArrayList<>(check.end(gateway.captured(), outcome.told()));
      if (outcome.failures() + outcome.refused() > 0) {
        findings.add(
            "%d refused, %d failed, the first with %s"
                .formatted(outcome.refused(), outcome.failures(), outcome.firstFailure()));
      }
      long paid = outcome.told().size();
      return new Bought(
          way.word(),
          way.title(),
          way.sentence(),
          rate,
          paid,
          paid * 1e9 / Math.max(outcome.lastAnswer(), 1),
          Percentiles.of(outcome.paid().latencies()),
          settled,
          findings);
    }
  }

  private boolean report(List<Bought> bought, Machine machine) throws IOException {
    Results.Table table =
        new Results.Table(Bought.TITLES, bought.stream().map(Bought::row).toList());
    List<String> remarks =
        List.of(
            ("Buyers come at a steady rate for %d s, whether or not those before were served; latency counts from when one"
                    + " should have come to the answer that it is paid. One hot item; the simulated payment company takes"
                    + " %d ms for each approval. Afterwards every capture was compared with the orders and claims.")
                .formatted(length.toSeconds(), latency.toMillis()));
    Path page =
        keeping
            .results()
            .keep(
                "Purchases of one hot item, with payment",
                machine,
                Map.of(
                    "workload",
                    "purchase-ways",
                    "seconds",
                    length.toSeconds(),
                    "gatewayMillis",
                    latency.toMillis(),
                    "purchase-ways",
                    bought),
                table,
                remarks);
    Progress.say("\n" + table.plain() + "\nkept in " + page);
    return bought.stream().allMatch(one -> one.findings().isEmpty());
  }
}
