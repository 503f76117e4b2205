package dev.seonchak.lab;

import dev.seonchak.embedded.TestServers;
import dev.seonchak.lab.ways.Servers;
import org.flywaydb.core.Flyway;

/** A database with the platform's tables for a test class, on the servers of the test run. */
public final class Ground {
  private Ground() {}

  public static Servers prepare() {
    TestServers.Database database = TestServers.freshDatabase();
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return new Servers(
        database.jdbcUrl(),
        database.user(),
        database.password(),
        TestServers.redis().uri(),
        TestServers.kafka().bootstrapServers());
  }
}
