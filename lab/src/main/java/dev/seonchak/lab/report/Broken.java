package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the check found wrong, in words. */
final class Broken {
  private static final Pattern FINDING =
      Pattern.compile("([A-Z_]+) (\\d+) times.*", Pattern.DOTALL);

  private Broken() {}

  /**
   * For example "number twice, 34 times in a round": each kind once, with the most of any round,
   * since two checks of a round may find the same.
   */
  static List<String> in(JsonNode findings) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (JsonNode finding : findings) {
      Matcher words = FINDING.matcher(finding.asString(""));
      if (words.matches()) {
        counts.merge(words.group(1), Long.parseLong(words.group(2)), Math::max);
      } else {
        counts.put(finding.asString(""), 0L);
      }
    }
    List<String> broken = new ArrayList<>();
    counts.forEach((kind, count) -> broken.add(count == 0 ? kind : words(kind, count)));
    return List.copyOf(broken);
  }

  private static String words(String kind, long count) {
    String name = kind.toLowerCase(Locale.ROOT).replace('_', ' ');
    return name + ", " + (count == 1 ? "once" : Say.count(count) + " times") + " in a round";
  }
}
