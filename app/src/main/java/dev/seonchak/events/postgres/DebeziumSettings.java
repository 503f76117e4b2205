package dev.seonchak.events.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.transforms.outbox.EventRouter;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What Debezium is told; Kafka Connect would be given the same. */
final class DebeziumSettings {
  private DebeziumSettings() {}

  static Properties of(String slot, DatabaseAddress database) {
    var settings = new Properties();
    settings.setProperty("name", "seonchak-relay");
    settings.setProperty("connector.class", PostgresConnector.class.getName());
    settings.setProperty("topic.prefix", "seonchak");
    // Debezium waits a minute when its beans of an earlier run, or of another, are still there.
    settings.setProperty("custom.metric.tags", "run=" + System.nanoTime());
    address(settings, database);
    log(settings, slot);
    offsets(settings, database.jdbcUrl());
    route(settings);
    pace(settings);
    return settings;
  }

  private static void address(Properties settings, DatabaseAddress database) {
    var url = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    if (url.getHost() == null || url.getPath() == null) {
      throw new IllegalArgumentException("The relay needs one host in " + database.jdbcUrl());
    }
    var options = options(url);
    var user = database.user().isEmpty() ? options.getOrDefault("user", "") : database.user();
    var password =
        database.user().isEmpty() ? options.getOrDefault("password", "") : database.password();
    settings.setProperty("database.hostname", url.getHost());
    settings.setProperty(
        "database.port", Integer.toString(url.getPort() == -1 ? 5432 : url.getPort()));
    settings.setProperty("database.dbname", url.getPath().substring(1));
    settings.setProperty("database.user", user);
    settings.setProperty("database.password", password);
    settings.setProperty(RelayOffsets.USER, user);
    settings.setProperty(RelayOffsets.PASSWORD, password);
    // Options of the URL, for example of TLS, hold for Debezium's connections too.
    options.forEach((name, value) -> {
      if (!name.equals("user") && !name.equals("password")) {
        settings.setProperty("driver." + name, value);
      }
    });
    settings.setProperty("driver.tcpKeepAlive", "true");
    // A relay whose machine has gone frees the slot for the next one after this time.
    settings.merge(
        "driver.options", "-c wal_sender_timeout=5s", (given, ours) -> given + " " + ours);
    settings.setProperty("status.update.interval.ms", "1000");
  }

  private static Map<String, String> options(URI url) {
    var options = new HashMap<String, String>();
    for (var option :
        url.getRawQuery() == null ? new String[0] : url.getRawQuery().split("&", -1)) {
      var parts = option.split("=", 2);
      options.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return options;
  }

  private static void log(Properties settings, String slot) {
    settings.setProperty("plugin.name", "pgoutput");
    settings.setProperty("slot.name", slot);
    settings.setProperty("slot.max.retries", "0");
    settings.setProperty("publication.name", "seonchak_outbox");
    settings.setProperty("publication.autocreate.mode", "disabled");
    settings.setProperty("table.include.list", "public.outbox");
    // Rows older than the slot are sent by the re-publisher, in pages and only while unsent; a
    // snapshot would send a week of sent rows again, and start over when it is interrupted.
    settings.setProperty("snapshot.mode", "no_data");
    // The slot may have been moved on by keep-alives, beyond what was last written down.
    settings.setProperty("offset.mismatch.strategy", "trust_greater_lsn");
    // Without these two the slot would hold back all log since the last event, so that a quiet
    // outbox in a busy database would lose its slot.
    settings.setProperty("lsn.flush.mode", "connector_and_driver");
    settings.setProperty("heartbeat.interval.ms", "2000");
  }

  private static void offsets(Properties settings, String jdbcUrl) {
    settings.setProperty("offset.storage", RelayOffsets.class.getName());
    settings.setProperty(RelayOffsets.URL, jdbcUrl);
    settings.setProperty("offset.flush.interval.ms", "1000");
    settings.setProperty("offset.flush.timeout.ms", "5000");
  }

  private static void route(Properties settings) {
    settings.setProperty("transforms", "outbox");
    settings.setProperty("transforms.outbox.type", EventRouter.class.getName());
    settings.setProperty("transforms.outbox.route.by.field", "aggregate");
    settings.setProperty("transforms.outbox.route.topic.replacement", "${routedByValue}");
    settings.setProperty("transforms.outbox.table.field.event.key", "aggregate_id");
    settings.setProperty(
        "transforms.outbox.table.fields.additional.placement", "type:header,created_at:header:at");
  }

  private static void pace(Properties settings) {
    // Debezium spends most of a millisecond of processor time on each look, also when idle.
    settings.setProperty("poll.interval.ms", "40");
    settings.setProperty("max.batch.size", "512");
    settings.setProperty("max.queue.size", "1024");
    settings.setProperty("record.processing.threads", "1");
    settings.setProperty("record.processing.shutdown.timeout.ms", "500");
    settings.setProperty("task.management.timeout.ms", "15000");
    // Who runs the stream starts a new one after a failure; the engine itself would go on behind
    // the batch that failed.
    settings.setProperty("errors.max.retries", "0");
  }
}
