package dev.seonchak.lab.report;

import static dev.seonchak.lab.report.Svg.number;

import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/** How long an answer took, from the median to the slowest of ten thousand. */
final class LatencyPlot {
  private LatencyPlot() {}

  static Picture of(String name, List<Entrant> entrants) {
    List<Entrant> sorted =
        entrants.stream()
            .filter(one -> one.waits().p9999() > 0)
            .sorted(Comparator.comparingDouble(one -> one.waits().p99()))
            .toList();
    Lanes lanes =
        new Lanes(
            Scale.over(
                sorted.stream()
                    .flatMapToDouble(
                        one -> DoubleStream.of(one.waits().p50(), one.waits().p9999()))),
            Say::span);
    return lanes.picture(
        name,
        "Latency of each way: median, 95, 99 and 99.99 percent",
        sorted,
        (svg, one, y) -> {
          Entrant.Waits waits = one.waits();
          lanes.span(svg, waits.p50(), waits.p9999(), y);
          dot(svg, lanes, "dot p50", "p50", waits.p50(), y, 5.5);
          dot(svg, lanes, "dot p95", "p95", waits.p95(), y, 4.5);
          dot(svg, lanes, "dot p99", "p99", waits.p99(), y, 4.5);
          dot(svg, lanes, "dot p9999", "p99.99", waits.p9999(), y, 3.5);
          lanes.behind(svg, waits.p9999(), y, Say.millis(waits.p99()));
        });
  }

  private static void dot(
      Svg svg, Lanes lanes, String style, String what, double millis, double y, double radius) {
    svg.shapeSaying(
        what + " " + Say.millis(millis) + " ms",
        "circle",
        "class",
        style,
        "cx",
        lanes.x(millis),
        "cy",
        number(y),
        "r",
        radius);
  }
}
