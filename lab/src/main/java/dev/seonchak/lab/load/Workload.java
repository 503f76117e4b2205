package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes the requests of a round, and the state of the database in which the round begins. */
public interface Workload {

  /** Brings the database to the beginning of a round; the next requests belong to that round. */
  void prepare(Connection connection) throws SQLException;

  /** The next request; called by all callers at once. */
  Hold next();
}
