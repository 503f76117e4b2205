package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the check found wrong, in words. */
final class Broken {
  private Broken() {}

  /**
   * For example "number twice, 34 times in a round": each kind once, with the most of any round,
   * since two checks of a round may find the same.
   *
   * @param findings objects with a kind and a count, or sentences, which stay as they are
   */
  static List<String> in(JsonNode findings) {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<String> sentences = new ArrayList<>();
    for (JsonNode finding : findings) {
      if (finding.isObject()) {
        counts.merge(finding.path("kind").asString(""), finding.path("count").asLong(0), Math::max);
      } else {
        sentences.add(finding.asString(""));
      }
    }
    List<String> broken = new ArrayList<>();
    counts.forEach((kind, count) -> broken.add(words(kind, count)));
    broken.addAll(sentences);
    return List.copyOf(broken);
  }

  private static String words(String kind, long count) {
    String name = kind.toLowerCase(Locale.ROOT).replace('_', ' ');
    return name + ", " + (count == 1 ? "once" : Say.count(count) + " times") + " in a round";
  }
}
