package dev.seonchak.lab;

import dev.seonchak.lab.http.PaymentsUnderLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether money is lost while a payment company makes mistakes under load. */
final class PaymentsRun {
  static final Set<String> OPTIONS =
      Set.of("quick", "payments", "buyers", "one-fault-in", "seed", "app", "data", "results");

  private final Keeping keeping;
  private final PaymentsUnderLoad.Conditions conditions;
  private final Path app;
  private final Instant at;

  PaymentsRun(Options options, Instant at) {
    this.at = at;
    keeping = new Keeping("payments", options, at);
    conditions =
        new PaymentsUnderLoad.Conditions(
            options.number("payments", options.has("quick") ? 300 : 3_000),
            options.number("buyers", 32),
            options.number("one-fault-in", 10),
            options.number("seed", 1));
    app = Path.of(options.text("app", "app"));
  }

  /** Whether every payment was matched and nothing else was wrong. */
  boolean run() throws Exception {
    double load = Machine.load();
    try (Workplace<PaymentsUnderLoad> place =
        Workplace.open(keeping.data(), folder -> new PaymentsUnderLoad(app, folder))) {
      PaymentsUnderLoad payments = place.work();
      Machine machine = keeping.machine(List.of(payments.database()), load);
      PaymentsUnderLoad.Outcome outcome = payments.run(conditions, at);
      report(outcome, machine);
      return outcome.findings().isEmpty();
    }
  }

  private void report(PaymentsUnderLoad.Outcome outcome, Machine machine) throws IOException {
    int faults = outcome.faults().values().stream().mapToInt(count -> count).sum();
    Results.Table table =
        new Results.Table(
            List.of(
                "payments",
                "faults",
                "a second",
                "return p50 ms",
                "return p99 ms",
                "unmatched at the end of the load",
                "settled s later",
                "unmatched then"),
            List.of(
                List.of(
                    "%,d".formatted(conditions.payments()),
                    "%,d".formatted(faults),
                    "%.0f".formatted(conditions.payments() / outcome.seconds()),
                    "%.1f".formatted(outcome.returnP50Millis()),
                    "%.1f".formatted(outcome.returnP99Millis()),
                    Long.toString(outcome.unmatchedBefore()),
                    "%.1f".formatted(outcome.settledSeconds()),
                    Long.toString(outcome.unmatched()))));
    List<String> remarks =
        List.of(
            ("%d buyers at a time each hold one piece, start to pay, agree on the simulated company's page and come"
                    + " back, through KakaoPay and Toss Payments in turn; one payment in %d meets a fault of its company,"
                    + " chosen by seed %d. Unmatched is a payment whose captured or refunded amount differs between the"
                    + " company's ledger and ours, or that is not settled yet. Platform, simulator, database and load"
                    + " share the machine.")
                .formatted(conditions.atOnce(), conditions.oneFaultIn(), conditions.seed()),
            "",
            "Faults: " + outcome.faults() + ". Payments: " + outcome.states() + ".",
            "",
            "Afterwards every payment was compared with its order, its ledger and its company's, and the drop was audited: %s."
                .formatted(
                    outcome.findings().isEmpty()
                        ? "all right"
                        : "WRONG: " + String.join("; ", outcome.findings())));
    Path page =
        keeping
            .results()
            .keep(
                "Payments under load, with faults",
                machine,
                Map.of("conditions", conditions, "outcome", outcome),
                table,
                remarks);
    Progress.say("\n" + table.plain() + "\n" + remarks.getLast() + "\nkept in " + page);
  }
}
