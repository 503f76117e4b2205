package dev.seonchak.runtime;

import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Gives migrations connections of their own: a migration may wait for locks and work for as long as
 * it must, while the shared pool's connections are bounded in both.
 */
@Configuration(proxyBeanMethods = false)
class MigrationConnections {
  @Bean(defaultCandidate = false)
  @FlywayDataSource
  DataSource migrationDatabase(JdbcConnectionDetails database) {
    var connections = new DriverManagerDataSource();
    connections.setUrl(database.getJdbcUrl());
    connections.setUsername(database.getUsername());
    connections.setPassword(database.getPassword());
    return connections;
  }
}
