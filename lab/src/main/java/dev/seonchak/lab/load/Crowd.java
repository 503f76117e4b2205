package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Way;
import java.sql.Connection;
import java.time.Duration;

/** Those who call in the rounds of one contestant, wherever they run. */
public interface Crowd extends AutoCloseable {

  /** Readies itself for a round, once the workload is prepared. */
  default void begin(Connection connection) throws Exception {}

  /**
   * One round.
   *
   * @param length of a round whose turns are not counted
   * @throws Exception when the crowd could not call at all
   */
  Round call(Workload workload, Duration length) throws Exception;

  /** What it and the servers cost from now on. */
  default Cost cost() {
    return Cost.begin();
  }

  /** Ends the round, before anything is checked. */
  default void end(Connection connection) throws Exception {}

  @Override
  void close();

  /** Callers in this process, with a way of their own. */
  static Crowd here(Callers callers, Way way) {
    return new Crowd() {
      @Override
      public void begin(Connection connection) throws Exception {
        way.begin(connection);
      }

      @Override
      public Round call(Workload workload, Duration length) throws InterruptedException {
        return callers.call(way, workload, length);
      }

      @Override
      public void end(Connection connection) throws Exception {
        way.end(connection);
      }

      @Override
      public void close() {
        way.close();
      }
    };
  }
}
