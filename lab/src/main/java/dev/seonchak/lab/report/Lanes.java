package dev.seonchak.lab.report;

import static dev.seonchak.lab.report.Svg.number;
import static dev.seonchak.lab.report.Svg.share;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The frame of a drawing with one lane for each entrant, its name above the lane, over one axis for
 * all.
 *
 * @param scale of the axis
 * @param tick how the marks on the axis are written
 */
record Lanes(Scale scale, DoubleFunction<String> tick) {
  private static final int LANE = 44;
  private static final int NAME_BASE = 13;
  private static final int MIDDLE = 27;
  private static final int AXIS = 24;

  /** On the right there must be room for a figure behind the longest bar, also on a phone. */
  private static final double END = 0.82;

  /** Draws what a lane holds. */
  @FunctionalInterface
  interface Lane {
    /**
     * @param y where its middle is
     */
    void draw(Svg svg, Entrant one, double y);
  }

  /** Where a figure stands, as a part of the whole width. */
  String x(double figure) {
    return share(at(figure));
  }

  private double at(double figure) {
    return scale.at(figure) * END;
  }

  Picture picture(String name, String label, List<Entrant> entrants, Lane lane) {
    Svg svg = new Svg();
    int bottom = entrants.size() * LANE + 4;
    double beginning = scale.ticks().getFirst();
    for (double mark : scale.ticks()) {
      String x = x(mark);
      svg.shape("line", "class", "grid", "x1", x, "x2", x, "y1", 0, "y2", bottom);
      svg.words(
          tick.apply(mark),
          "class",
          "tick",
          "x",
          x,
          "y",
          bottom + 15,
          "text-anchor",
          mark == beginning ? "start" : "middle");
    }
    int top = 0;
    for (Entrant one : entrants) {
      svg.begin("g", "class", one.standing().style());
      svg.words(one.title(), "class", "name", "x", 0, "y", top + NAME_BASE);
      lane.draw(svg, one, top + MIDDLE);
      svg.end("g");
      top += LANE;
    }
    return new Picture(name, label, bottom + AXIS, svg);
  }

  /** A bar from the beginning to a figure, around the height of a lane's middle. */
  void bar(Svg svg, String saying, double figure, double y, double thick) {
    svg.shapeSaying(
        saying,
        "rect",
        "class",
        "bar",
        "x",
        0,
        "y",
        number(y - thick / 2),
        "width",
        x(figure),
        "height",
        thick,
        "rx",
        2);
  }

  /** A line from one figure to another, at the height of a lane's middle. */
  void span(Svg svg, double from, double to, double y) {
    svg.shape(
        "line", "class", "span", "x1", x(from), "x2", x(to), "y1", number(y), "y2", number(y));
  }

  /** Words behind a figure, at the height of a lane's middle. */
  void behind(Svg svg, double figure, double y, String words) {
    svg.words(words, "class", "figure", "x", x(figure), "dx", 9, "y", number(y + 4.5));
  }
}
