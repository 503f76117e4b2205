package dev.seonchak.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** What Redis is told in redis.conf, written anew at each start. */
final class RedisSettings {
  private static final Pattern NAMES = Pattern.compile("[a-z][a-z0-9-]*");

  private static final String OURS =
      """
      bind = 127.0.0.1
      daemonize = no
      set-proc-title = no
      # What is here can be rebuilt from PostgreSQL, so a lost second is no loss.
      appendonly = yes
      appendfsync = everysec
      save =
      """;

  private RedisSettings() {}

  static Map<String, String> with(int port, String password, Path data, Map<String, String> extra) {
    Map<String, String> settings = Settings.of(OURS);
    settings.put("port", Integer.toString(port));
    settings.put("requirepass", password);
    settings.put("dir", data.toString());
    settings.putAll(extra);
    return settings;
  }

  /** The text of the file: one setting a line, values quoted. */
  static String text(Map<String, String> settings) {
    return Settings.file(settings, NAMES, (name, value) -> name + " " + quoted(name, value));
  }

  /** Some settings take several words, so only what needs quotes gets them. */
  private static String quoted(String name, String value) {
    boolean words = value.matches("[\\w.:-]+( [\\w.:-]+)*") && !name.equals("dir");
    return words ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
