package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Ways of a purchase, side by side at each rate at which buyers come. */
final class OfferedSection {
  static final String WAYS = "purchase-ways";

  private static final List<String> TITLES =
      List.of("paid/s", "paid", "p50 ms", "p95 ms", "p99 ms", "p99.99 ms", "confirmed after ms");

  private OfferedSection() {}

  static List<Section.Shown> shown(JsonNode json) {
    Map<Integer, List<JsonNode>> byOffered = new TreeMap<>();
    for (JsonNode one : json.path(WAYS)) {
      byOffered
          .computeIfAbsent(one.path("offered").asInt(0), offered -> new ArrayList<>())
          .add(one);
    }
    List<Section.Shown> shown = new ArrayList<>();
    byOffered.forEach((offered, ways) -> {
      List<Entrant> entrants = ways.stream().map(OfferedSection::entrant).toList();
      shown.add(
          Section.one(
              "Latency when " + Say.count((long) offered) + " come a second",
              "From when a buyer should have come to the answer that it is paid: the median, 95"
                  + " and 99 of 100, and, hollow, 9,999 of 10,000. The figure is the time of 99 of"
                  + " 100, in milliseconds.",
              LatencyPlot.of("purchases-" + offered + "-latency", entrants)));
      List<Section.Row> rows = new ArrayList<>();
      for (int i = 0; i < ways.size(); i++) {
        rows.add(row(ways.get(i), entrants.get(i)));
      }
      shown.add(new Section.Ways(TITLES, rows));
    });
    return shown;
  }

  private static Entrant entrant(JsonNode json) {
    List<String> broken = Broken.in(json.path("findings"));
    boolean ours = json.path("way").asString("").startsWith("seonchak");
    Standing sound = ours ? Standing.OURS : Standing.RIGHT;
    double rate = json.path("perSecond").asDouble(0);
    return new Entrant(
        json.path("way").asString(""),
        json.path("title").asString(""),
        json.path("sentence").asString(""),
        broken.isEmpty() ? sound : Standing.WRONG,
        0,
        List.of(rate),
        rate,
        Entrant.Waits.of(json.path("latencies")),
        Entrant.Waits.NONE,
        Entrant.Fair.NONE,
        List.of(),
        List.of(),
        new Entrant.Costs(0, 0, json.path("paid").asLong(0), 0),
        broken);
  }

  private static Section.Row row(JsonNode json, Entrant one) {
    return new Section.Row(
        one.title(),
        one.sentence(),
        one.standing().style(),
        List.of(
            Say.rate(one.rate()),
            Say.count(one.costs().held()),
            Say.millis(one.waits().p50()),
            Say.millis(one.waits().p95()),
            Say.millis(one.waits().p99()),
            Say.millis(one.waits().p9999()),
            Say.millis(json.path("settledMillis").asDouble(0))),
        one.broken().isEmpty() ? "right" : "wrong",
        one.broken());
  }
}
