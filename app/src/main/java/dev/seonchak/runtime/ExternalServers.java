package dev.seonchak.runtime;

import dev.seonchak.embedded.CannotStart;
import dev.seonchak.embedded.Part;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
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
      postgres(postgres);
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

  private static void postgres(PostgresAddress address) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", String.valueOf(SECONDS_MAX));
    properties.setProperty("loginTimeout", String.valueOf(SECONDS_MAX));
    if (!address.user().isEmpty()) {
      properties.setProperty("user", address.user());
      properties.setProperty("password", address.password());
    }
    try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties)) {
      connection.isValid(SECONDS_MAX);
    } catch (SQLException e) {
      throw unreachable("PostgreSQL", address.shown(), e);
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
    String why = deepest.getMessage() == null ? "no answer" : deepest.getMessage();
    return new CannotStart(
        "%s at %s cannot be reached: %s."
            .formatted(name, address, why.lines().findFirst().orElse(why).replaceFirst("\\.$", "")),
        cause);
  }
}
