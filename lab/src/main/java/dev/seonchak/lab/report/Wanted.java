package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Something that a run was to reach, and what it reached.
 *
 * @param bound for example "at least 50"
 */
public record Wanted(String what, String figure, String bound, boolean met) {

  static List<Wanted> in(JsonNode bars) {
    List<Wanted> all = new ArrayList<>();
    for (JsonNode bar : bars) {
      double figure = bar.path("figure").asDouble(0);
      double bound = bar.path("least").asDouble(0);
      boolean most = bar.path("most").asBoolean(false);
      all.add(
          new Wanted(
              bar.path("what").asString(""),
              Say.plain(figure),
              (most ? "at most " : "at least ") + Say.plain(bound),
              most ? figure <= bound : figure >= bound));
    }
    return List.copyOf(all);
  }
}
