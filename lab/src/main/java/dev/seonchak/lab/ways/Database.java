package dev.seonchak.lab.ways;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A pool of connections, and what every way with a transaction per buyer does around its work. */
final class Database implements AutoCloseable {
  /** With a thousand callers on two connections the last one waits long, and that is no error. */
  private static final Duration WAIT_MAX = Duration.ofMinutes(2);

  private static final String UNIQUE_VIOLATION = "23505";

  private final HikariDataSource connections;
  private final Seam seam;

  private Database(Servers servers, int count, boolean autoCommit, Seam seam) {
    this.seam = seam;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(servers.jdbcUrl());
    config.setUsername(servers.user());
    config.setPassword(servers.password());
    config.setMaximumPoolSize(count);
    config.setMinimumIdle(count);
    config.setAutoCommit(autoCommit);
    config.setConnectionTimeout(WAIT_MAX.toMillis());
    config.setPoolName("lab-" + count);
    // Prepared on the server from the first use on; the default waits for the fifth.
    config.addDataSourceProperty("prepareThreshold", "1");
    connections = new HikariDataSource(config);
  }

  /** Transactions begin with their first statement and end with {@link #hold}. */
  static Database ofTransactions(Servers servers, int count) {
    return ofTransactions(servers, count, Seam.NONE);
  }

  static Database ofTransactions(Servers servers, int count, Seam seam) {
    return new Database(servers, count, false, seam);
  }

  /** Each statement is a transaction of its own, and nothing is said to begin or end it. */
  static Database ofStatements(Servers servers, int count) {
    return new Database(servers, count, true, Seam.NONE);
  }

  /** For who ends the transactions himself. */
  Connection connection() throws SQLException {
    return connections.getConnection();
  }

  /** What is done within one transaction. */
  interface Work {
    /** Answers {@link Answer.Held} to have it committed, anything else to have it undone. */
    Answer in(Connection connection) throws Exception;
  }

  /** Does the work; when its key turns out to be used, answers what was made under it before. */
  Answer hold(Hold hold, Work work) throws Exception {
    try (Connection connection = connections.getConnection()) {
      try {
        Answer answer = work.in(connection);
        end(connection, answer instanceof Answer.Held);
        return answer;
      } catch (SQLException e) {
        end(connection, false);
        if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
          throw e;
        }
      }
      Answer.Held before = Rows.remembered(connection, hold).orElseThrow();
      end(connection, false);
      return before;
    }
  }

  private void end(Connection connection, boolean keep) throws SQLException {
    if (connection.getAutoCommit()) {
      return;
    }
    if (keep) {
      seam.beforeCommit();
      connection.commit();
    } else {
      connection.rollback();
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
