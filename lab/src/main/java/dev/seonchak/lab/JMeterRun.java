package dev.seonchak.lab;

import dev.seonchak.lab.http.JMeterRush;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The load that the predecessors published their figures for, with the same tool. */
final class JMeterRun {
  static final Set<String> OPTIONS =
      Set.of("quick", "threads", "ramp-up", "cycles", "app", "jmeter", "data", "results");

  private final Keeping keeping;
  private final JMeterRush.Conditions conditions;
  private final Path app;
  private final Path jmeter;
  private final Instant at;

  JMeterRun(Options options, Instant at) {
    this.at = at;
    keeping = new Keeping("jmeter", options, at);
    conditions =
        new JMeterRush.Conditions(
            options.number("threads", 1_000),
            options.number("ramp-up", 1),
            options.number("cycles", options.has("quick") ? 3 : 30));
    app = Path.of(options.text("app", "app"));
    jmeter = Path.of(options.text("jmeter", "lab/jmeter"));
  }

  /** Whether every request was answered with 201 and the numbers are exactly 1 to n. */
  boolean run() throws Exception {
    double load = Machine.load();
    try (Workplace<JMeterRush> place =
        Workplace.open(keeping.data(), folder -> new JMeterRush(app, jmeter, folder))) {
      JMeterRush rush = place.work();
      Machine machine = keeping.machine(List.of(rush.database()), load);
      JMeterRush.Outcome outcome = rush.run(conditions, at);
      report(outcome, machine);
      return outcome.findings().isEmpty();
    }
  }

  private void report(JMeterRush.Outcome outcome, Machine machine) throws IOException {
    Results.Table table =
        new Results.Table(
            List.of(
                "requests",
                "201s/s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "most ms",
                "platform µs",
                "database µs",
                "JMeter µs",
                "answers",
                "verdict"),
            List.of(
                List.of(
                    "%,d".formatted(conditions.threads() * conditions.cycles()),
                    "%,.0f".formatted(outcome.perSecond()),
                    decimal(outcome.latencies().p50()),
                    decimal(outcome.latencies().p95()),
                    decimal(outcome.latencies().p99()),
                    decimal(outcome.latencies().max()),
                    decimal(outcome.platformMicros()),
                    decimal(outcome.databaseMicros()),
                    decimal(outcome.loadMicros()),
                    outcome.answers().toString(),
                    outcome.findings().isEmpty()
                        ? "right"
                        : "WRONG: " + String.join("; ", outcome.findings()))));
    List<String> remarks =
        List.of(
            ("Apache JMeter with %,d threads, all started within %d s, each with %d requests for one unit of one hot item,"
                    + " one after the other, on a platform that was started for it and had done nothing yet. JMeter,"
                    + " platform and database share the machine; µs are processor time for each request.")
                .formatted(conditions.threads(), conditions.rampSeconds(), conditions.cycles()),
            "Afterwards the numbers of the claims were counted, which must be exactly 1 to the number of requests, and the"
                + " drop was audited.");
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("workload", "jmeter");
    data.put("conditions", conditions);
    data.put("outcome", outcome);
    Path page = keeping.results().keep("A rush made with JMeter", machine, data, table, remarks);
    Progress.say("\n" + table.plain() + "\nkept in " + page);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
