package dev.seonchak.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Redis is told in redis.conf, written anew at each start. */
final class RedisSettings {
  private RedisSettings() {}

  static Map<String, String> with(int port, String password, Path data, Map<String, String> extra) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("bind", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("requirepass", password);
    settings.put("daemonize", "no");
    settings.put("dir", data.toString());
    // What is here can be rebuilt from PostgreSQL, so a lost second is no loss.
    settings.put("appendonly", "yes");
    settings.put("appendfsync", "everysec");
    settings.put("save", "");
    settings.put("set-proc-title", "no");
    settings.putAll(extra);
    return settings;
  }

  /** The text of the file: one setting a line, values quoted. */
  static String text(Map<String, String> settings) {
    StringBuilder text = new StringBuilder("# Written at each start: changes here are lost.\n");
    settings.forEach((name, value) -> {
      if (!name.matches("[a-z][a-z0-9-]*") || value.contains("\n")) {
        throw new IllegalArgumentException("Not a setting of Redis: " + name);
      }
      text.append(name).append(' ').append(quoted(name, value)).append('\n');
    });
    return text.toString();
  }

  /** Some settings take several words, so only what needs quotes gets them. */
  private static String quoted(String name, String value) {
    boolean words = value.matches("[\\w.:-]+( [\\w.:-]+)*") && !name.equals("dir");
    return words ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
