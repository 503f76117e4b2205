package dev.seonchak;

import com.zaxxer.hikari.HikariDataSource;
import dev.seonchak.embedded.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** A migrated database of its own for a test of one module, without the rest of the platform. */
public final class FreshDatabase implements AutoCloseable {
  private final HikariDataSource dataSource = new HikariDataSource();

  public FreshDatabase() {
    var database = TestServers.freshDatabase();
    dataSource.setJdbcUrl(database.jdbcUrl());
    dataSource.setUsername(database.user());
    dataSource.setPassword(database.password());
    Flyway.configure().dataSource(dataSource).load().migrate();
  }

  /** One more connection, whose server may be silent for so many seconds; to be closed. */
  public HikariDataSource impatient(int seconds) {
    var own = new HikariDataSource();
    own.setJdbcUrl(url() + "?socketTimeout=" + seconds);
    own.setUsername(user());
    own.setPassword(password());
    own.setMaximumPoolSize(1);
    return own;
  }

  public String url() {
    return dataSource.getJdbcUrl();
  }

  public String user() {
    return dataSource.getUsername();
  }

  public String password() {
    return dataSource.getPassword();
  }

  public Connection connection() throws SQLException {
    return dataSource.getConnection();
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  public JdbcTemplate template() {
    return new JdbcTemplate(dataSource);
  }

  public PlatformTransactionManager transactions() {
    return new JdbcTransactionManager(dataSource);
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
