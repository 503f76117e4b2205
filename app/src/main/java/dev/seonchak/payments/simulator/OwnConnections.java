package dev.seonchak.payments.simulator;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The simulated company's connections, so that it never takes one that the shop needs. */
final class OwnConnections implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 4;

  /** Longer than any caller waits: who has gone away need not be answered. */
  private static final int WAIT_MILLIS_MAX = 15_000;

  private final HikariDataSource connections;

  /** Connects to the shop's database, in the shop's way. */
  OwnConnections(DataSource shop) throws SQLException {
    var config = new HikariConfig();
    shop.unwrap(HikariDataSource.class).copyStateTo(config);
    config.setPoolName("simulator");
    config.setMaximumPoolSize(CONNECTIONS_MAX);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(WAIT_MILLIS_MAX);
    connections = new HikariDataSource(config);
  }

  JdbcClient database() {
    return JdbcClient.create(connections);
  }

  @Override
  public void close() {
    connections.close();
  }
}
