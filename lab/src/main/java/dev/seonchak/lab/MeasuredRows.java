package dev.seonchak.lab;

import dev.seonchak.lab.check.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How measured ways stand in a table. */
final class MeasuredRows {
  private MeasuredRows() {}

  static Results.Table table(Figures figures) {
    Measured ours = figures.ours();
    return new Results.Table(
        List.of(
            "way",
            "connections",
            "answers/s",
            "least..most",
            ours.name() + " / this",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "p99.99 ms",
            "overtaken by",
            "JVM µs",
            "server µs",
            "refused",
            "rows checked",
            "verdict"),
        figures.measured().stream().map(one -> row(one, ours)).toList());
  }

  private static List<String> row(Measured one, Measured ours) {
    double least = one.perSecond().stream().mapToDouble(d -> d).min().orElse(0);
    double most = one.perSecond().stream().mapToDouble(d -> d).max().orElse(0);
    return List.of(
        one.title(),
        Integer.toString(one.connections()),
        "%,.0f".formatted(one.median()),
        "%,.0f..%,.0f".formatted(least, most),
        one.median() == 0 ? "-" : decimal(ours.median() / one.median(), 2),
        decimal(one.latencies().p50(), 1),
        decimal(one.latencies().p95(), 1),
        decimal(one.latencies().p99(), 1),
        decimal(one.latencies().p9999(), 1),
        decimal(one.fairness().mean(), 1) + ", " + one.fairness().worst(),
        decimal(one.ownMicros(), 0),
        decimal(one.serverMicros(), 0),
        "%,d".formatted(one.refused()),
        "%,d".formatted(one.acknowledged()),
        one.findings().isEmpty() ? "right" : "WRONG: " + words(one.findings()));
  }

  /** Each kind once, with the most of any round. */
  private static String words(List<Finding> findings) {
    Map<Finding.Kind, Long> most = new EnumMap<>(Finding.Kind.class);
    findings.forEach(one -> most.merge(one.kind(), one.count(), Math::max));
    return most.entrySet().stream()
        .map(one -> "%s %,d in a round".formatted(one.getKey(), one.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
