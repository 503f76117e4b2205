package dev.seonchak.lab.report;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One that was measured, as it stands in a result file.
 *
 * @param perSecond of each round that counts
 * @param rate their median; 0 when none counts
 * @param waits of those who got something
 * @param refusals how long those waited who were told no
 * @param broken what the check found, the gravest first
 */
record Entrant(
    String name,
    String title,
    String sentence,
    Standing standing,
    int connections,
    List<Double> perSecond,
    double rate,
    Waits waits,
    Waits refusals,
    Fair fair,
    List<Moment> course,
    List<Tried> search,
    Costs costs,
    List<String> broken) {

  /** The same under another title. */
  Entrant named(String other) {
    return new Entrant(
        name,
        other,
        sentence,
        standing,
        connections,
        perSecond,
        rate,
        waits,
        refusals,
        fair,
        course,
        search,
        costs,
        broken);
  }

  /** Milliseconds from asking to the answer. */
  record Waits(double p50, double p95, double p99, double p9999, double max) {
    static final Waits NONE = new Waits(0, 0, 0, 0, 0);

    static Waits of(JsonNode json) {
      return new Waits(
          json.path("p50").asDouble(0),
          json.path("p95").asDouble(0),
          json.path("p99").asDouble(0),
          json.path("p9999").asDouble(0),
          json.path("max").asDouble(0));
    }
  }

  /**
   * How often a later request was served before an earlier one.
   *
   * @param share of requests that were overtaken at all
   * @param mean how many overtook a request
   * @param worst the most that overtook a single one
   */
  record Fair(double share, double mean, double worst, boolean known) {
    static final Fair NONE = new Fair(0, 0, 0, false);

    static Fair of(JsonNode json) {
      double requests = json.path("requests").asDouble(0);
      if (requests == 0) {
        return NONE;
      }
      return new Fair(
          json.path("overtaken").asDouble(0) / requests,
          json.path("overtakings").asDouble(0) / requests,
          json.path("worst").asDouble(0),
          true);
    }
  }

  /** What was answered within a slot of time of the rounds. */
  record Moment(double millis, double perSecond, double p50, double p99) {}

  /** A number of connections, and the rate it reached in a short try. */
  record Tried(int connections, double perSecond) {}

  /** What each answer took, and how many there were. */
  record Costs(double ownMicros, double serverMicros, long held, long refused) {}
}
