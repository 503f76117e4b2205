package dev.seonchak.lab;

import dev.seonchak.lab.http.MeasuredRequests;
import dev.seonchak.lab.http.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What a hold costs over HTTP, against a request that does nothing. */
final class HttpRun {
  static final Set<String> OPTIONS =
      Set.of("quick", "rounds", "seconds", "connections", "accounts", "app", "data", "results");

  private final Keeping keeping;
  private final Measurement.Conditions conditions;
  private final Path app;
  private final Instant at;

  HttpRun(Options options, Instant at) {
    this.at = at;
    keeping = new Keeping("http", options, at);
    boolean quick = options.has("quick");
    List<Integer> connections = new ArrayList<>();
    for (String word : options.list("connections", "64,1000")) {
      connections.add(new Options(Map.of("connections", word)).number("connections", 64));
    }
    conditions =
        new Measurement.Conditions(
            connections,
            options.number("accounts", 1_000),
            options.number("rounds", quick ? 3 : 7),
            Duration.ofSeconds(options.number("seconds", quick ? 2 : 5)),
            quick ? 2 : 6);
    app = Path.of(options.text("app", "app"));
  }

  /** Whether every 201 was found and the audit was clean. */
  boolean run() throws Exception {
    double load = Machine.load();
    try (Workplace<Measurement> place =
        Workplace.open(keeping.data(), folder -> new Measurement(conditions, app, folder))) {
      Measurement measurement = place.work();
      measurement.run(at);
      return report(measurement, keeping.machine(List.of(measurement.database()), load));
    }
  }

  private boolean report(Measurement measurement, Machine machine) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (MeasuredRequests one : measurement.measured()) {
      rows.add(row(one, measurement.measured()));
    }
    Results.Table table =
        new Results.Table(
            List.of(
                "connections",
                "request",
                "answers/s",
                "least..most",
                "share of empty",
                "of bare",
                "share by µs",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "p99.99 ms",
                "bytes back",
                "server µs",
                "database µs",
                "load µs"),
            rows);
    List<String> findings = measurement.findings();
    List<String> remarks =
        List.of(
            ("%,d accounts in turn, a new key each, keep-alive connections that send the next request as soon as the"
                    + " answer is there; one hot item with enough for all, one unit each. Who is refused wants one that"
                    + " is sold out. The empty request passes the"
                    + " same filters, parses the same JSON and answers 201; the bare one is a Spring MVC application"
                    + " of its own with a cache of verified tokens and the same JVM options. Median of %d rounds of"
                    + " %d s in turn, after %d for warming up. Server, database and load share the machine; µs are"
                    + " processor time for each request, and the share by µs is what the share would be if nothing"
                    + " else ran on the machine and no core was ever idle.")
                .formatted(
                    conditions.accounts(),
                    conditions.rounds(),
                    conditions.length().toSeconds(),
                    conditions.warmUps()),
            "Afterwards %,d holds that were answered with 201 were compared with the database, and the drop was audited: %s."
                .formatted(
                    measurement.checked(),
                    findings.isEmpty() ? "all right" : "WRONG: " + String.join("; ", findings)));
    Path page =
        keeping
            .results()
            .keep(
                "Holds over HTTP",
                machine,
                Map.of(
                    "conditions",
                    conditions,
                    "requests",
                    measurement.measured(),
                    "holdsChecked",
                    measurement.checked(),
                    "findings",
                    findings),
                table,
                remarks);
    Progress.say("\n" + table.plain() + "\n" + remarks.getLast() + "\nkept in " + page);
    return findings.isEmpty();
  }

  private static List<String> row(MeasuredRequests one, List<MeasuredRequests> all) {
    double rate = median(one, MeasuredRequests.Round::perSecond);
    return List.of(
        Integer.toString(one.connections()),
        one.name(),
        "%,.0f".formatted(rate),
        "%,.0f..%,.0f"
            .formatted(
                one.rounds().stream()
                    .mapToDouble(MeasuredRequests.Round::perSecond)
                    .min()
                    .orElse(0),
                one.rounds().stream()
                    .mapToDouble(MeasuredRequests.Round::perSecond)
                    .max()
                    .orElse(0)),
        decimal(rate / rateOf("empty", one.connections(), all), 2),
        decimal(rate / rateOf("bare", one.connections(), all), 2),
        decimal(
            microsOf("empty", one.connections(), all)
                / median(one, MeasuredRequests.Round::allMicros),
            2),
        decimal(median(one, MeasuredRequests.Round::p50), 1),
        decimal(median(one, MeasuredRequests.Round::p95), 1),
        decimal(median(one, MeasuredRequests.Round::p99), 1),
        decimal(median(one, MeasuredRequests.Round::p9999), 1),
        decimal(median(one, MeasuredRequests.Round::bytesPerAnswer), 0),
        decimal(median(one, MeasuredRequests.Round::serverMicros), 1),
        decimal(median(one, MeasuredRequests.Round::databaseMicros), 1),
        decimal(median(one, MeasuredRequests.Round::loadMicros), 1));
  }

  private static double rateOf(String name, int connections, List<MeasuredRequests> all) {
    return medianOf(name, connections, all, MeasuredRequests.Round::perSecond);
  }

  private static double microsOf(String name, int connections, List<MeasuredRequests> all) {
    return medianOf(name, connections, all, MeasuredRequests.Round::allMicros);
  }

  private static double medianOf(
      String name,
      int connections,
      List<MeasuredRequests> all,
      ToDoubleFunction<MeasuredRequests.Round> value) {
    return all.stream()
        .filter(one -> one.name().equals(name) && one.connections() == connections)
        .mapToDouble(one -> median(one, value))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double median(
      MeasuredRequests one, ToDoubleFunction<MeasuredRequests.Round> value) {
    return Measured.median(one.rounds().stream().map(value::applyAsDouble).toList());
  }

  private static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
