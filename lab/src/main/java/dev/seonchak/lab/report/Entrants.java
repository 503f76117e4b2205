package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads those who were measured from a result. What is not there is 0 or empty. */
final class Entrants {
  private Entrants() {}

  /** The first one is ours, or what the others are compared with. */
  static List<Entrant> all(JsonNode ways) {
    List<Entrant> all = new ArrayList<>();
    for (JsonNode way : ways) {
      all.add(of(way, all.isEmpty()));
    }
    return all;
  }

  private static Entrant of(JsonNode json, boolean first) {
    List<String> broken = Broken.in(json.path("findings"));
    List<Double> counted = figures(json.path("perSecond"));
    return new Entrant(
        json.path("name").asString(""),
        json.path("title").asString(""),
        json.path("sentence").asString(""),
        standing(json, first, !broken.isEmpty()),
        json.path("connections").asInt(0),
        counted,
        json.path("median").asDouble(0),
        Entrant.Waits.of(json.path("latencies")),
        Entrant.Waits.of(json.path("refusals")),
        Entrant.Fair.of(json.path("fairness")),
        course(json.path("timeline")),
        search(json.path("search")),
        new Entrant.Costs(
            json.path("ownMicros").asDouble(0),
            json.path("serverMicros").asDouble(0),
            json.path("acknowledged").asLong(0),
            json.path("refused").asLong(0)),
        broken);
  }

  private static Standing standing(JsonNode json, boolean first, boolean broken) {
    if (broken || json.path("wrong").asBoolean(false)) {
      return Standing.WRONG;
    }
    if (first || json.path("way").asString("").equals("seonchak")) {
      return Standing.OURS;
    }
    return json.path("kept").asString("").equals("COUNTER") ? Standing.COUNTER : Standing.RIGHT;
  }

  private static List<Double> figures(JsonNode json) {
    List<Double> figures = new ArrayList<>();
    json.forEach(figure -> figures.add(figure.asDouble(0)));
    return List.copyOf(figures);
  }

  static double median(List<Double> figures) {
    if (figures.isEmpty()) {
      return 0;
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static List<Entrant.Moment> course(JsonNode json) {
    List<Entrant.Moment> course = new ArrayList<>();
    for (JsonNode slot : json) {
      // In a slot without an answer there is nothing to draw.
      if (slot.path("perSecond").asDouble(0) > 0) {
        course.add(
            new Entrant.Moment(
                slot.path("atMillis").asDouble(0),
                slot.path("perSecond").asDouble(0),
                slot.path("p50").asDouble(0),
                slot.path("p99").asDouble(0)));
      }
    }
    return List.copyOf(course);
  }

  private static List<Entrant.Tried> search(JsonNode json) {
    List<Entrant.Tried> tried = new ArrayList<>();
    for (JsonNode one : json) {
      tried.add(
          new Entrant.Tried(one.path("connections").asInt(0), one.path("perSecond").asDouble(0)));
    }
    return List.copyOf(tried);
  }
}
