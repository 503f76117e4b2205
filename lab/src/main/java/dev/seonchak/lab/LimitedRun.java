package dev.seonchak.lab;

import dev.seonchak.lab.http.UnderLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether the whole platform bears a load for minutes with little memory. */
final class LimitedRun {
  static final Set<String> OPTIONS =
      Set.of("quick", "megabytes", "seconds", "connections", "accounts", "app", "data", "results");

  private final Keeping keeping;
  private final UnderLimit.Conditions conditions;
  private final Path app;
  private final Instant at;

  LimitedRun(Options options, Instant at) {
    this.at = at;
    keeping = new Keeping("limited", options, at);
    conditions =
        new UnderLimit.Conditions(
            (long) options.number("megabytes", 1024) << 20,
            options.number("connections", 64),
            options.number("accounts", 1_000),
            Duration.ofSeconds(options.number("seconds", options.has("quick") ? 30 : 300)));
    app = Path.of(options.text("app", "app"));
  }

  /** Whether every hold was answered and found, and nothing was swapped, killed or restarted. */
  boolean run() throws Exception {
    double load = Machine.load();
    try (Workplace<UnderLimit> place =
        Workplace.open(keeping.data(), folder -> new UnderLimit(conditions, app, folder))) {
      UnderLimit work = place.work();
      Machine machine = keeping.machine(List.of(work.database()), load);
      UnderLimit.Outcome outcome = work.run(at);
      report(outcome, machine);
      return outcome.findings().isEmpty();
    }
  }

  private void report(UnderLimit.Outcome outcome, Machine machine) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    long seconds = conditions.length().toSeconds();
    int count = outcome.parts().size();
    for (int i = 0; i < count; i++) {
      UnderLimit.Part part = outcome.parts().get(i);
      rows.add(
          List.of(
              "%d to %d s".formatted(i * seconds / count, (i + 1) * seconds / count),
              "%,.0f".formatted(part.perSecond()),
              decimal(part.p50()),
              decimal(part.p95()),
              decimal(part.p99()),
              decimal(part.max())));
    }
    Results.Table table =
        new Results.Table(List.of("time", "201s/s", "p50 ms", "p95 ms", "p99 ms", "most ms"), rows);
    List<String> remarks =
        List.of(
            ("The whole platform with its servers in a control group of %,d MB without swap, %d connections, %,d accounts,"
                    + " one hot item; the load runs outside. At its best round it gave %,.0f holds a second; then"
                    + " %,.0f a second were offered for %d s, whatever it did, and each one's time counts from"
                    + " the moment at which it was to be sent.")
                .formatted(
                    conditions.bytes() >> 20,
                    conditions.connections(),
                    conditions.accounts(),
                    outcome.peak(),
                    outcome.offered(),
                    conditions.length().toSeconds()),
            ("At most %,d MB were charged to the group, pages of files included, which the kernel takes back when it"
                    + " needs to; at most %,d MB of them could not be taken back. Swapped: %,d kB. Processes killed: %d."
                    + " %,d holds were compared with the database and the drop was audited: %s.")
                .formatted(
                    outcome.peakMegabytes(),
                    outcome.anonymousMegabytes(),
                    outcome.swapKilobytes(),
                    outcome.kills(),
                    outcome.checked(),
                    outcome.findings().isEmpty()
                        ? "all right"
                        : "WRONG: " + String.join("; ", outcome.findings())));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("conditions", conditions);
    data.put("outcome", outcome);
    Path page =
        keeping
            .results()
            .keep("The whole platform with little memory", machine, data, table, remarks);
    Progress.say("\n" + table.plain() + "\n" + remarks.getLast() + "\nkept in " + page);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
