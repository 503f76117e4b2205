package dev.seonchak.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How measured ways stand in a table. */
final class MeasuredRows {
  private MeasuredRows() {}

  static List<String> titles(String ratio) {
    return List.of(
        "way",
        "connections",
        "holds/s",
        "least..most",
        ratio,
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "p99.99 ms",
        "JVM µs",
        "server µs",
        "rows checked",
        "verdict");
  }

  static List<String> row(Measured one, Measured ours) {
    double least = one.perSecond().stream().mapToDouble(d -> d).min().orElse(0);
    double most = one.perSecond().stream().mapToDouble(d -> d).max().orElse(0);
    return List.of(
        one.title(),
        Integer.toString(one.connections()),
        "%,.0f".formatted(one.median()),
        "%,.0f..%,.0f".formatted(least, most),
        one.median() == 0 ? "-" : String.format(Locale.ROOT, "%.2f", ours.median() / one.median()),
        String.format(Locale.ROOT, "%.1f", one.latencies().p50()),
        String.format(Locale.ROOT, "%.1f", one.latencies().p95()),
        String.format(Locale.ROOT, "%.1f", one.latencies().p99()),
        String.format(Locale.ROOT, "%.1f", one.latencies().p9999()),
        String.format(Locale.ROOT, "%.0f", one.ownMicros()),
        String.format(Locale.ROOT, "%.0f", one.serverMicros()),
        "%,d".formatted(one.acknowledged()),
        one.findings().isEmpty() ? "right" : "WRONG: " + String.join("; ", one.findings()));
  }

  /** Ends a run on the terminal; whether all was right. */
  static boolean say(Results.Table table, Path page, List<Measured> measured) {
    Progress.say("\n" + table.plain() + "\nkept in " + page);
    return measured.stream().allMatch(Measured::asExpected);
  }
}
