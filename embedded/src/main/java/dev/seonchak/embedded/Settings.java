package dev.seonchak.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/** Settings of a server in that server's own names, and in the order in which they are written. */
final class Settings {
  private Settings() {}

  /**
   * What a text says, line by line: {@code name = value}, or a comment that begins with {@code #}.
   */
  static Map<String, String> of(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> {
          String[] parts = line.split(" = ?", 2);
          settings.put(parts[0], parts[1]);
        });
    return settings;
  }

  /**
   * The text of a settings file.
   *
   * @param names what a name may look like
   * @param line makes a line of a name and a value
   * @throws IllegalArgumentException for what would be no setting, or more than one
   */
  static String file(Map<String, String> settings, Pattern names, BinaryOperator<String> line) {
    StringBuilder text = new StringBuilder("# Written at each start: changes here are lost.\n");
    settings.forEach((name, value) -> {
      if (!names.matcher(name).matches() || value.contains("\n")) {
        throw new IllegalArgumentException("Not a setting: " + name);
      }
      text.append(line.apply(name, value)).append('\n');
    });
    return text.toString();
  }
}
