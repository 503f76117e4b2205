package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;

/** Ways at one workload: a row of figures for each, and five drawings. */
final class WaysSection {
  private final String kind;
  private final List<Entrant> entrants;

  WaysSection(String kind, List<Entrant> entrants) {
    this.kind = kind;
    this.entrants = entrants;
  }

  List<Section.Shown> shown() {
    List<Section.Shown> shown = new ArrayList<>();
    shown.add(
        Section.one(
            "Rate",
            "Answers a second: the median of the rounds, with the least and the most."
                + " Where the axis goes by powers of ten, each line is ten times the one before."
                + " An outlined bar belongs to a way that keeps no rows, a dashed one to a way that"
                + " broke something.",
            RatePlot.of(kind + "-rate", entrants)));
    shown.add(WaysTable.of(entrants));
    shown.add(
        Section.one(
            "Latency",
            "From asking to the answer: the median, 95 and 99 of 100, and, hollow, 9,999 of 10,000."
                + " The figure is the time of 99 of 100, in milliseconds.",
            LatencyPlot.of(kind + "-latency", entrants)));
    addCourse(shown);
    if (FairnessPlot.canDraw(entrants)) {
      shown.add(
          Section.one(
              "Fairness",
              "By how many requests that were asked later a request was overtaken: on average (the"
                  + " bar), and the one that was overtaken most (the dot and the figure).",
              FairnessPlot.of(kind + "-fairness", entrants)));
    }
    addSearch(shown);
    return shown;
  }

  private void addCourse(List<Section.Shown> shown) {
    List<Entrant> drawn = entrants.stream().filter(CoursePlot::canDraw).toList();
    if (drawn.isEmpty()) {
      return;
    }
    shown.add(
        new Section.Drawn(
            "Latency over time",
            "What was answered at a moment of the round had waited for so long: the median below,"
                + " 99 of 100 above. Where a line goes on behind the end of the round, somebody was"
                + " still waiting.",
            panels(course(drawn))));
  }

  private void addSearch(List<Section.Shown> shown) {
    List<Entrant> drawn = entrants.stream().filter(SearchPlot::canDraw).toList();
    if (drawn.isEmpty()) {
      return;
    }
    shown.add(
        new Section.Drawn(
            "Connections",
            "What each number of connections reached in a short try before the rounds; the best one"
                + " was used.",
            panels(search(drawn))));
  }

  private static List<Mosaic.Tile> course(List<Entrant> entrants) {
    CoursePlot plot = new CoursePlot(entrants);
    return entrants.stream().map(one -> tile(one, plot.of(one))).toList();
  }

  private static List<Mosaic.Tile> search(List<Entrant> entrants) {
    return entrants.stream().map(one -> tile(one, SearchPlot.of(one))).toList();
  }

  private static Mosaic.Tile tile(Entrant one, Picture picture) {
    return new Mosaic.Tile(one.title(), one.standing(), picture);
  }

  private static List<Section.Panel> panels(List<Mosaic.Tile> tiles) {
    return tiles.stream()
        .map(tile ->
            new Section.Panel(tile.title(), tile.standing().style(), tile.picture().inPage()))
        .toList();
  }

  /** The drawings as files of their own. */
  List<Picture> pictures() {
    List<Picture> pictures = new ArrayList<>();
    pictures.add(RatePlot.of(kind + "-rate", entrants));
    pictures.add(LatencyPlot.of(kind + "-latency", entrants));
    if (FairnessPlot.canDraw(entrants)) {
      pictures.add(FairnessPlot.of(kind + "-fairness", entrants));
    }
    List<Entrant> course = entrants.stream().filter(CoursePlot::canDraw).toList();
    if (!course.isEmpty()) {
      pictures.add(Mosaic.of(kind + "-course", "Latency over time", course(course)));
    }
    List<Entrant> search = entrants.stream().filter(SearchPlot::canDraw).toList();
    if (!search.isEmpty()) {
      pictures.add(
          Mosaic.of(kind + "-connections", "Rate by number of connections", search(search)));
    }
    return pictures;
  }
}
