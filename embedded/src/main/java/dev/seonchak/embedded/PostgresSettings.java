package dev.seonchak.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/** What PostgreSQL is told in postgresql.conf, written anew at each start. */
final class PostgresSettings {
  private PostgresSettings() {}

  /** Our defaults, then what the caller wants otherwise. */
  static Map<String, String> with(int port, Map<String, String> extra) {
    Map<String, String> settings = new LinkedHashMap<>();
    reach(settings, port);
    durability(settings);
    size(settings);
    logging(settings);
    settings.putAll(extra);
    return settings;
  }

  private static void reach(Map<String, String> settings, int port) {
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", "");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("max_connections", "100");
  }

  private static void durability(Map<String, String> settings) {
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("wal_level", "logical");
    settings.put("max_replication_slots", "8");
    settings.put("max_wal_senders", "8");
    // A forgotten slot loses its place; without this bound it fills the disk and stops the shop.
    settings.put("max_slot_wal_keep_size", "1GB");
    // A relay that died without a word frees its slot for the next one this soon.
    settings.put("wal_sender_timeout", "5s");
    // Bursts of writes must not force checkpoints.
    settings.put("max_wal_size", "2GB");
    settings.put("checkpoint_completion_target", "0.9");
  }

  private static void size(Map<String, String> settings) {
    settings.put("shared_buffers", "64MB");
    settings.put("wal_buffers", "8MB");
    settings.put("huge_pages", "off");
    // Reads are done by the process that needs them, so that no worker processes idle.
    settings.put("io_method", "sync");
    // Nothing here subscribes, so its launcher need not run.
    settings.put("max_logical_replication_workers", "0");
    settings.put("jit", "off");
    settings.put("random_page_cost", "1.1");
  }

  private static void logging(Map<String, String> settings) {
    settings.put("log_destination", "stderr");
    settings.put("logging_collector", "off");
    settings.put("log_line_prefix", "%m [%p] ");
    settings.put("cluster_name", "seonchak");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("lc_messages", "C");
    settings.put("datestyle", "ISO, YMD");
  }

  /** The text of the file: one setting a line, values quoted. */
  static String text(Map<String, String> settings) {
    StringBuilder text = new StringBuilder("# Written at each start: changes here are lost.\n");
    settings.forEach((name, value) -> {
      if (!name.matches("[a-z_][a-z0-9_.]*") || value.contains("\n")) {
        throw new IllegalArgumentException("Not a setting of PostgreSQL: " + name);
      }
      String quoted = value.replace("\\", "\\\\").replace("'", "''");
      text.append(name).append(" = '").append(quoted).append("'\n");
    });
    return text.toString();
  }
}
