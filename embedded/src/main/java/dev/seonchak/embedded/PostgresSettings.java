package dev.seonchak.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.regex.Pattern;

/** What PostgreSQL is told in postgresql.conf, written anew at each start. */
final class PostgresSettings {
  private static final Pattern NAMES = Pattern.compile("[a-z_][a-z0-9_.]*");

  private static final String OURS =
      """
      listen_addresses = 127.0.0.1
      unix_socket_directories =
      password_encryption = scram-sha-256
      max_connections = 100

      fsync = on
      synchronous_commit = on
      wal_level = logical
      max_replication_slots = 8
      max_wal_senders = 8
      # A forgotten slot loses its place; without this bound it fills the disk and stops the shop.
      max_slot_wal_keep_size = 1GB
      # A relay that died without a word frees its slot for the next one this soon.
      wal_sender_timeout = 5s
      # Bursts of writes must not force checkpoints.
      max_wal_size = 2GB
      checkpoint_completion_target = 0.9

      wal_buffers = 8MB
      huge_pages = off
      # Reads are done by the process that needs them, so that no worker processes idle.
      io_method = sync
      # Nothing here subscribes, so its launcher need not run.
      max_logical_replication_workers = 0
      jit = off
      random_page_cost = 1.1

      log_destination = stderr
      logging_collector = off
      log_line_prefix = %m [%p]\s
      cluster_name = seonchak
      timezone = UTC
      log_timezone = UTC
      lc_messages = C
      datestyle = ISO, YMD
      """;

  private PostgresSettings() {}

  /** Our defaults, then what the caller wants otherwise. */
  static Map<String, String> with(int port, Map<String, String> extra) {
    Map<String, String> settings = Settings.of(OURS);
    settings.put("port", Integer.toString(port));
    settings.put("shared_buffers", sharedBuffersMegabytes(memoryBytes()) + "MB");
    settings.putAll(extra);
    return settings;
  }

  /**
   * An eighth of the memory, from 64 MB to 4 GB. Holds of new people touch the indexes of all holds
   * before at random, so these should stay in memory; what is not used costs little.
   */
  static long sharedBuffersMegabytes(long memoryBytes) {
    return Math.clamp((memoryBytes / 8) >> 20, 64, 4096);
  }

  /** Of this machine, or what this process may use of it. */
  private static long memoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** The text of the file: one setting a line, values quoted. */
  static String text(Map<String, String> settings) {
    return Settings.file(
        settings,
        NAMES,
        (name, value) -> name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'");
  }
}
