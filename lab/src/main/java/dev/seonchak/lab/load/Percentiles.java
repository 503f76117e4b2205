package dev.seonchak.lab.load;

/**
 * How long it took, in milliseconds: half of all, 95 of 100, 99 of 100, 9,999 of 10,000, and all.
 */
public record Percentiles(double p50, double p95, double p99, double p9999, double max) {
  public static Percentiles of(Latencies latencies) {
    return new Percentiles(
        latencies.percentileMillis(50),
        latencies.percentileMillis(95),
        latencies.percentileMillis(99),
        latencies.percentileMillis(99.99),
        latencies.percentileMillis(100));
  }
}
