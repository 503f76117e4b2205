package dev.seonchak.lab;

import dev.seonchak.lab.load.Percentiles;
import java.util.List;

/**
 * What was measured of one contestant.
 *
 * @param connections to the database or to Redis
 * @param perSecond holds a second in each round whose rows were right
 * @param median of these; 0 when no round counts
 * @param ownMicros processor time of callers and way for each hold, the median of the rounds
 * @param serverMicros the same of PostgreSQL and Redis
 * @param findings what the check found wrong; empty in a run that proves something
 */
record Measured(
    String name,
    String title,
    int connections,
    List<Tried> search,
    List<Double> perSecond,
    double median,
    Percentiles latencies,
    double ownMicros,
    double serverMicros,
    long acknowledged,
    List<String> findings) {

  /** A number of connections, and what it reached for a moment while the best was searched. */
  record Tried(int connections, double perSecond) {}

  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return 0;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
