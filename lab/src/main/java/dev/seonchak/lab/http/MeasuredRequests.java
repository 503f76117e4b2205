package dev.seonchak.lab.http;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured of one kind of request with one number of connections: one entry for each round
 * that counts.
 */
public record MeasuredRequests(String name, int connections, List<MeasuredRequests.Round> rounds) {

  public MeasuredRequests(String name, int connections) {
    this(name, connections, new ArrayList<>());
  }

  /**
   * A round.
   *
   * @param perSecond right answers
   * @param bytesPerAnswer head and body
   * @param serverMicros processor time of the server's JVM for each request
   * @param databaseMicros of PostgreSQL
   * @param loadMicros of the load itself, which runs on the same machine
   */
  public record Round(
      double perSecond,
      double p50,
      double p95,
      double p99,
      double p9999,
      double max,
      double bytesPerAnswer,
      double serverMicros,
      double databaseMicros,
      double loadMicros) {

    /** What each request costs the machine. */
    public double allMicros() {
      return serverMicros + databaseMicros + loadMicros;
    }
  }
}
