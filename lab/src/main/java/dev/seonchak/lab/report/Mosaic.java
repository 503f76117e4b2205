package dev.seonchak.lab.report;

import static dev.seonchak.lab.report.Svg.share;

import java.util.List;

/** Small drawings put together into one, for a file of its own. */
final class Mosaic {
  private static final int COLUMNS = 3;
  private static final int NAME = 22;
  private static final int GAP = 18;

  private Mosaic() {}

  /** One of them, with the name that stands above it. */
  record Tile(String title, Standing standing, Picture picture) {}

  static Picture of(String name, String label, List<Tile> tiles) {
    Svg svg = new Svg();
    int high = tiles.stream().mapToInt(tile -> tile.picture().height()).max().orElse(0);
    int step = NAME + high + GAP;
    for (int i = 0; i < tiles.size(); i++) {
      Tile tile = tiles.get(i);
      svg.begin(
          "svg",
          "x",
          share((i % COLUMNS) / (double) COLUMNS),
          "y",
          i / COLUMNS * step,
          "width",
          share(1.0 / COLUMNS - 0.03),
          "height",
          step,
          "overflow",
          "visible");
      svg.begin("g", "class", tile.standing().style());
      svg.words(tile.title(), "class", "name small", "x", 0, "y", 12).end("g");
      svg.begin("svg", "y", NAME, "width", "100%", "height", high, "overflow", "visible");
      svg.add(tile.picture().drawing()).end("svg").end("svg");
    }
    int rows = (tiles.size() + COLUMNS - 1) / COLUMNS;
    return new Picture(name, label, rows * step - GAP, svg);
  }
}
