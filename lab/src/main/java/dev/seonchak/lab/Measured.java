package dev.seonchak.lab;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.load.Fairness;
import dev.seonchak.lab.load.Percentiles;
import dev.seonchak.lab.load.Timeline;
import dev.seonchak.lab.ways.Ways;
import java.util.List;

/**
 * What was measured of one contestant.
 *
 * @param way as written on the command line
 * @param sentence what it is and why it is as it is, for people
 * @param wrong whether it is measured to be caught, so that findings are what it promises
 * @param kept what it leaves behind, and so what could be checked
 * @param connections to the database or to Redis
 * @param perSecond answers a second in each round whose rows were right, or in each of a wrong way
 * @param median of these; 0 when no round counts
 * @param latencies of holds, over all rounds that count
 * @param refusals how long those waited who were told no
 * @param refused how many these were
 * @param fairness over all rounds that count
 * @param timeline all answers, slot by slot of a round
 * @param ownMicros processor time of callers and way for each answer, the median of the rounds
 * @param serverMicros the same of PostgreSQL and Redis
 * @param acknowledged holds whose rows were checked
 * @param findings what the check found wrong, in any round; empty for a way that keeps its promise
 */
record Measured(
    String name,
    String title,
    String way,
    String sentence,
    boolean wrong,
    Ways.Kept kept,
    int connections,
    List<Tried> search,
    List<Double> perSecond,
    double median,
    Percentiles latencies,
    Percentiles refusals,
    long refused,
    Fairness fairness,
    List<Timeline.Slot> timeline,
    double ownMicros,
    double serverMicros,
    long acknowledged,
    List<Finding> findings) {

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
