package dev.seonchak.lab.report;

import static dev.seonchak.lab.report.Svg.number;
import static dev.seonchak.lab.report.Svg.share;

/** What each number of connections reached while the best was searched. */
final class SearchPlot {
  private static final int HEIGHT = 84;
  private static final int TOP = 16;
  private static final int AXIS = 18;

  private SearchPlot() {}

  static boolean canDraw(Entrant one) {
    return one.search().size() > 1;
  }

  static Picture of(Entrant one) {
    double most = one.search().stream().mapToDouble(Entrant.Tried::perSecond).max().orElse(1);
    double slot = 1.0 / one.search().size();
    Svg svg = new Svg();
    svg.begin("g", "class", one.standing().style());
    for (int i = 0; i < one.search().size(); i++) {
      Entrant.Tried tried = one.search().get(i);
      double high = most > 0 ? tried.perSecond() / most * (HEIGHT - TOP) : 0;
      svg.shape(
          "rect",
          "class",
          tried.connections() == one.connections() ? "bar" : "bar less",
          "x",
          share((i + 0.12) * slot),
          "y",
          number(HEIGHT - high),
          "width",
          share(0.76 * slot),
          "height",
          number(high),
          "rx",
          2);
      String middle = share((i + 0.5) * slot);
      svg.words(
          Say.rate(tried.perSecond()),
          "class",
          "tick strong",
          "x",
          middle,
          "y",
          number(HEIGHT - high - 4),
          "text-anchor",
          "middle");
      svg.words(
          Integer.toString(tried.connections()),
          "class",
          "tick",
          "x",
          middle,
          "y",
          HEIGHT + 14,
          "text-anchor",
          "middle");
    }
    svg.end("g");
    svg.shape("line", "class", "base", "x1", 0, "x2", "100%", "y1", HEIGHT, "y2", HEIGHT);
    return new Picture(
        "connections-" + one.name(),
        "Rate by number of connections of " + one.title(),
        HEIGHT + AXIS,
        svg);
  }
}
