package dev.seonchak.lab.report;

import static dev.seonchak.lab.report.Svg.number;

import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/** How many answers a second, the fastest on top, with the least and the most of the rounds. */
final class RatePlot {
  private static final double THICK = 14;
  private static final double CAP = 5;

  private RatePlot() {}

  static Picture of(String name, List<Entrant> entrants) {
    List<Entrant> sorted =
        entrants.stream()
            .filter(one -> one.rate() > 0)
            .sorted(Comparator.comparingDouble(Entrant::rate).reversed())
            .toList();
    Scale scale =
        Scale.over(
            sorted.stream()
                .flatMapToDouble(one ->
                    DoubleStream.concat(
                        DoubleStream.of(one.rate()),
                        one.perSecond().stream().mapToDouble(d -> d))));
    Lanes lanes = new Lanes(scale, Say::tick);
    return lanes.picture(
        name,
        "Answers a second of each way",
        sorted,
        (svg, one, y) -> {
          double most = one.perSecond().stream().mapToDouble(d -> d).max().orElse(one.rate());
          double least = one.perSecond().stream().mapToDouble(d -> d).min().orElse(one.rate());
          lanes.bar(
              svg,
              one.title() + ": " + Say.leastToMost(one.perSecond()) + " a second",
              one.rate(),
              y,
              THICK);
          whisker(svg, lanes, least, most, y);
          lanes.behind(svg, most, y, Say.rate(one.rate()));
        });
  }

  private static void whisker(Svg svg, Lanes lanes, double least, double most, double y) {
    line(svg, lanes.x(least), y, lanes.x(most), y);
    line(svg, lanes.x(least), y - CAP, lanes.x(least), y + CAP);
    line(svg, lanes.x(most), y - CAP, lanes.x(most), y + CAP);
  }

  private static void line(Svg svg, String x1, double y1, String x2, double y2) {
    svg.shape("line", "class", "whisker", "x1", x1, "y1", number(y1), "x2", x2, "y2", number(y2));
  }
}
