package dev.seonchak.lab.report;

import static dev.seonchak.lab.report.Svg.number;

import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/** By how many later requests an earlier one was overtaken: on average, and at worst. */
final class FairnessPlot {
  private static final double THICK = 10;

  private FairnessPlot() {}

  static Picture of(String name, List<Entrant> entrants) {
    List<Entrant> sorted =
        entrants.stream()
            .filter(one -> one.fair().known())
            .sorted(Comparator.comparingDouble(one -> one.fair().worst()))
            .toList();
    Lanes lanes =
        new Lanes(
            Scale.over(
                sorted.stream()
                    .flatMapToDouble(
                        one -> DoubleStream.of(1, one.fair().mean(), one.fair().worst()))),
            Say::tick);
    return lanes.picture(
        name,
        "How many later requests were served before an earlier one",
        sorted,
        (svg, one, y) -> {
          Entrant.Fair fair = one.fair();
          lanes.bar(
              svg,
              one.title() + ": " + Say.plain(fair.mean()) + " on average",
              fair.mean(),
              y,
              THICK);
          lanes.span(svg, fair.mean(), fair.worst(), y);
          svg.shapeSaying(
              Say.count(fair.worst()) + " at worst",
              "circle",
              "class",
              "dot p99",
              "cx",
              lanes.x(fair.worst()),
              "cy",
              number(y),
              "r",
              4.5);
          lanes.behind(svg, fair.worst(), y, Say.count(fair.worst()));
        });
  }

  static boolean canDraw(List<Entrant> entrants) {
    return entrants.stream().anyMatch(one -> one.fair().known());
  }
}
