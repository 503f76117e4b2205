package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Requests over HTTP, side by side for each number of connections. */
final class HttpSection {
  private static final List<String> TITLES =
      List.of(
          "answers/s",
          "least–most",
          "share of empty",
          "p50 ms",
          "p95 ms",
          "p99 ms",
          "p99.99 ms",
          "server µs",
          "database µs",
          "load µs");

  private HttpSection() {}

  static List<Section.Shown> shown(JsonNode json) {
    Map<Integer, List<JsonNode>> byConnections = new TreeMap<>();
    for (JsonNode request : json.path("requests")) {
      byConnections
          .computeIfAbsent(request.path("connections").asInt(0), c -> new ArrayList<>())
          .add(request);
    }
    List<String> broken = Broken.in(json.path("findings"));
    List<Section.Shown> shown = new ArrayList<>();
    byConnections.forEach((connections, requests) -> {
      List<Entrant> entrants = requests.stream().map(one -> entrant(one, broken)).toList();
      String with = "with " + Say.count((long) connections) + " connections";
      shown.add(
          Section.one(
              "Rate " + with,
              "Answers a second: the median of the rounds, with the least and the most.",
              RatePlot.of("http-" + connections + "-rate", entrants)));
      shown.add(new Section.Ways(TITLES, rows(requests, entrants)));
      shown.add(
          Section.one(
              "Latency " + with,
              "Medians of the rounds: the median, 95 and 99 of 100, and, hollow, 9,999 of"
                  + " 10,000. The figure is the time of 99 of 100, in milliseconds.",
              LatencyPlot.of("http-" + connections + "-latency", entrants)));
    });
    shown.addAll(PlainSection.shown(json, Set.of("requests", "findings")));
    return shown;
  }

  private static Entrant entrant(JsonNode request, List<String> broken) {
    List<Double> perSecond = rounds(request, "perSecond");
    boolean hold = request.path("name").asString("").equals("hold");
    Standing sound = hold ? Standing.OURS : Standing.RIGHT;
    return new Entrant(
        request.path("name").asString(""),
        request.path("name").asString(""),
        "",
        hold && !broken.isEmpty() ? Standing.WRONG : sound,
        request.path("connections").asInt(0),
        perSecond,
        Entrants.median(perSecond),
        new Entrant.Waits(
            median(request, "p50"),
            median(request, "p95"),
            median(request, "p99"),
            median(request, "p9999"),
            median(request, "max")),
        Entrant.Waits.NONE,
        Entrant.Fair.NONE,
        List.of(),
        List.of(),
        new Entrant.Costs(0, 0, 0, 0),
        hold ? broken : List.of());
  }

  private static List<Section.Row> rows(List<JsonNode> requests, List<Entrant> entrants) {
    double empty =
        entrants.stream()
            .filter(one -> one.name().equals("empty"))
            .mapToDouble(Entrant::rate)
            .findFirst()
            .orElse(0);
    List<Section.Row> rows = new ArrayList<>();
    for (int i = 0; i < entrants.size(); i++) {
      Entrant one = entrants.get(i);
      JsonNode request = requests.get(i);
      rows.add(
          new Section.Row(
              one.title(),
              "",
              one.standing().style(),
              List.of(
                  Say.rate(one.rate()),
                  Say.leastToMost(one.perSecond()),
                  empty > 0 ? Say.plain(one.rate() / empty) : "–",
                  Say.millis(one.waits().p50()),
                  Say.millis(one.waits().p95()),
                  Say.millis(one.waits().p99()),
                  Say.millis(one.waits().p9999()),
                  Say.micros(median(request, "serverMicros")),
                  Say.micros(median(request, "databaseMicros")),
                  Say.micros(median(request, "loadMicros"))),
              one.broken().isEmpty() ? "right" : "wrong",
              one.broken()));
    }
    return rows;
  }

  private static double median(JsonNode request, String figure) {
    return Entrants.median(rounds(request, figure));
  }

  private static List<Double> rounds(JsonNode request, String figure) {
    List<Double> figures = new ArrayList<>();
    request.path("rounds").forEach(round -> figures.add(round.path(figure).asDouble(0)));
    return figures;
  }
}
