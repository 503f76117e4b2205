package dev.seonchak.lab;

import dev.seonchak.lab.load.Percentiles;
import java.util.List;
import java.util.Locale;

/**
 * What was measured of one way of purchases at one rate.
 *
 * @param offered buyers a second who came
 * @param paid so many were told that it is paid
 * @param perSecond of them, until the last answer
 * @param latencies from when a buyer should have come to the answer
 * @param settledMillis from the last answer until all was confirmed
 * @param findings what the check found wrong; empty when the figures count
 */
record Bought(
    String way,
    String title,
    String sentence,
    int offered,
    long paid,
    double perSecond,
    Percentiles latencies,
    double settledMillis,
    List<String> findings) {
  static final List<String> TITLES =
      List.of(
          "way",
          "come a second",
          "paid",
          "paid a second",
          "p50 ms",
          "p95 ms",
          "p99 ms",
          "confirmed after ms",
          "verdict");

  List<String> row() {
    return List.of(
        title,
        Integer.toString(offered),
        "%,d".formatted(paid),
        "%,.0f".formatted(perSecond),
        decimal(latencies.p50()),
        decimal(latencies.p95()),
        decimal(latencies.p99()),
        decimal(settledMillis),
        findings.isEmpty() ? "right" : "WRONG: " + String.join("; ", findings));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
