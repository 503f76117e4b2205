package dev.seonchak.lab;

import dev.seonchak.lab.load.Percentiles;
import java.util.List;

/**
 * What was measured of one contestant.
 *
 * @param sentence what it is and why it is as it is, for people
 * @param wrong whether it is measured to be caught, so that findings are what it promises
 * @param connections to the database or to Redis
 * @param perSecond holds a second in each round whose rows were right, or in each of a wrong way
 * @param median of these; 0 when no round counts
 * @param ownMicros processor time of callers and way for each hold, the median of the rounds
 * @param serverMicros the same of PostgreSQL and Redis
 * @param findings what the check found wrong; empty for a way that keeps its promise
 */
record Measured(
    String name,
    String title,
    String sentence,
    boolean wrong,
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

  /** Whether the check said what it should: nothing of a right way, something of a wrong one. */
  boolean asExpected() {
    return wrong != findings.isEmpty();
  }

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
