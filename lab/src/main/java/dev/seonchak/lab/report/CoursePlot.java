package dev.seonchak.lab.report;

import static dev.seonchak.lab.report.Svg.number;
import static dev.seonchak.lab.report.Svg.share;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How latency went in the course of a round: a small drawing for each entrant, all with the same
 * axes, so that they can be compared.
 */
final class CoursePlot {
  private static final int HEIGHT = 96;
  private static final int AXIS = 18;
  private static final int MARKS_MAX = 4;

  /** Where the marks stand, as a part of the width. */
  private static final double GUTTER = 0.19;

  /** Lines are drawn in a square of their own and stretched to the width that there is. */
  private static final int WIDE = 1000;

  private final Scale scale;
  private final double lastMillis;

  CoursePlot(List<Entrant> entrants) {
    scale =
        Scale.over(
            entrants.stream()
                .flatMap(one -> one.course().stream())
                .flatMapToDouble(moment -> DoubleStream.of(moment.p50(), moment.p99())));
    lastMillis =
        entrants.stream()
            .flatMap(one -> one.course().stream())
            .mapToDouble(Entrant.Moment::millis)
            .max()
            .orElse(1);
  }

  static boolean canDraw(Entrant one) {
    return one.course().size() > 1;
  }

  Picture of(Entrant one) {
    Svg svg = new Svg();
    marks(svg);
    svg.begin("g", "class", one.standing().style());
    svg.begin(
        "svg",
        "x",
        share(GUTTER),
        "width",
        share(1 - GUTTER),
        "height",
        HEIGHT,
        "viewBox",
        "0 0 " + WIDE + " " + HEIGHT,
        "preserveAspectRatio",
        "none");
    svg.shape("polygon", "class", "between", "points", between(one.course()));
    svg.shape("polyline", "class", "line p99", "points", line(one, Entrant.Moment::p99));
    svg.shape("polyline", "class", "line p50", "points", line(one, Entrant.Moment::p50));
    svg.end("svg").end("g");
    svg.words("0", "class", "tick", "x", share(GUTTER), "y", HEIGHT + 14);
    svg.words(
        Say.rate(lastMillis / 1000) + " s",
        "class",
        "tick",
        "x",
        "100%",
        "y",
        HEIGHT + 14,
        "text-anchor",
        "end");
    return new Picture(
        "course-" + one.name(), "Latency over time of " + one.title(), HEIGHT + AXIS, svg);
  }

  /** With more than a handful of marks nothing could be read in so small a place. */
  private void marks(Svg svg) {
    List<Double> marks = scale.ticks();
    int every = 1 + (marks.size() - 1) / MARKS_MAX;
    for (int i = 0; i < marks.size(); i += every) {
      String y = number(y(marks.get(i)));
      svg.shape("line", "class", "grid", "x1", share(GUTTER), "x2", "100%", "y1", y, "y2", y);
      svg.words(
          Say.span(marks.get(i)),
          "class",
          "tick",
          "x",
          share(GUTTER),
          "dx",
          -5,
          "y",
          number(y(marks.get(i)) + 4),
          "text-anchor",
          "end");
    }
  }

  private double y(double millis) {
    return HEIGHT - 1 - scale.at(millis) * (HEIGHT - 2);
  }

  private String point(Entrant.Moment moment, double millis) {
    return number(moment.millis() / lastMillis * WIDE) + "," + number(y(millis));
  }

  private String line(Entrant one, ToDoubleFunction<Entrant.Moment> millis) {
    return String.join(
        " ",
        one.course().stream().map(moment -> point(moment, millis.applyAsDouble(moment))).toList());
  }

  private String between(List<Entrant.Moment> course) {
    List<String> points = new ArrayList<>();
    course.forEach(moment -> points.add(point(moment, moment.p99())));
    List<Entrant.Moment> back = new ArrayList<>(course);
    Collections.reverse(back);
    back.forEach(moment -> points.add(point(moment, moment.p50())));
    return String.join(" ", points);
  }
}
