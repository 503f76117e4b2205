package dev.seonchak.lab.load;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Makes the requests of a round, and the state of the database in which the round begins. */
public interface Workload {
  /** Rounds that end with their time have no number of turns. */
  int UNTIL_THE_END = 0;

  /** Brings the database to the beginning of a round; the next requests belong to that round. */
  void prepare(Connection connection) throws SQLException;

  /** The next request; called by all callers at once. */
  Hold next();

  /**
   * How often each caller asks before the round ends, or {@link #UNTIL_THE_END} when it ends with
   * its time.
   */
  default int turns() {
    return UNTIL_THE_END;
  }

  /** What is wrong with the answers of a round, beyond what the rows say. */
  default List<Finding> check(Round round) {
    return round.refused() == 0
        ? List.of()
        : List.of(
            new Finding(
                Finding.Kind.REFUSED_WRONGLY, round.refused(), "though there was enough for all"));
  }
}
