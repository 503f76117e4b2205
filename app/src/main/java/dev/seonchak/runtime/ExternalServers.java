package dev.seonchak.runtime;

import dev.seonchak.embedded.CannotStart;
import dev.seonchak.embedded.Part;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Makes sure, before anything else starts, that the servers that were given answer. */
final class ExternalServers {
  private static final int SECONDS_MAX = 5;

  private ExternalServers() {}

  /**
   * @throws CannotStart with a sentence about the first one that does not answer
   */
  static void check(Options options, Report report) {
    PostgresAddress postgres = options.postgres();
    if (postgres != null) {
      postgres(postgres, options.roles());
      report.given(Part.POSTGRES, postgres.shown());
    }
    String redis = options.redis();
    if (redis != null) {
      report.given(Part.REDIS, redis(redis));
    }
    String kafka = options.kafka();
    if (kafka != null) {
      kafka(kafka);
      report.given(Part.KAFKA, kafka);
    }
  }

  private static void postgres(PostgresAddress address, Roles roles) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", String.valueOf(SECONDS_MAX));
    properties.setProperty("socketTimeout", String.valueOf(SECONDS_MAX));
    if (!address.user().isEmpty()) {
      properties.setProperty("user", address.user());
      properties.setProperty("password", address.password());
    }
    try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties)) {
      if (roles.has(Role.RELAY)) {
        requireLogicalLog(connection, address);
      }
    } catch (SQLException e) {
      throw unreachable("PostgreSQL", address.shown(), e);
    }
  }

  private static void requireLogicalLog(Connection connection, PostgresAddress address)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS_MAX);
      try (ResultSet answer = statement.executeQuery("show wal_level")) {
        answer.next();
        String level = answer.getString(1);
        if (!level.equals("logical")) {
          throw new CannotStart(
              "PostgreSQL at %s has wal_level=%s, and events need wal_level=logical."
                  .formatted(address.shown(), level));
        }
      }
    }
  }

  private static String redis(String url) {
    RedisURI uri;
    try {
      uri = RedisURI.create(url);
    } catch (IllegalArgumentException e) {
      throw new CannotStart("The Redis URL is not of the form redis://:password@host:6379.");
    }
    uri.setTimeout(Duration.ofSeconds(SECONDS_MAX));
    String shown = uri.getHost() + ":" + uri.getPort();
    RedisClient client = RedisClient.create(uri);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().ping();
      return shown;
    } catch (RuntimeException e) {
      throw unreachable("Redis", shown, e);
    } finally {
      client.shutdown(0, 1, TimeUnit.SECONDS);
    }
  }

  private static void kafka(String servers) {
    int millis = SECONDS_MAX * 1000;
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", servers,
                "request.timeout.ms", millis,
                "default.api.timeout.ms", millis))) {
      admin.describeCluster().clusterId().get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("The start was interrupted.", e);
    } catch (Exception e) {
      throw unreachable("Kafka", servers, e);
    }
  }

  private static CannotStart unreachable(String name, String address, Exception cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String said = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
    boolean silent =
        deepest.getMessage() == null
            || deepest instanceof TimeoutException
            || deepest instanceof SocketTimeoutException
            || deepest instanceof RedisCommandTimeoutException
            || deepest instanceof org.apache.kafka.common.errors.TimeoutException;
    String why = silent ? "no answer within " + SECONDS_MAX + " s" : said.replaceFirst("\\.$", "");
    return new CannotStart("%s at %s cannot be reached: %s.".formatted(name, address, why), cause);
  }
}
