package dev.seonchak.lab.report;

/**
 * A drawing that is as wide as its place, and always as high as itself.
 *
 * @param name of its file, without an ending
 * @param label what it shows, for those who cannot see it
 * @param height in pixels
 */
record Picture(String name, String label, int height, Svg drawing) {
  private static final int FILE_WIDTH = 760;
  private static final int FILE_MARGIN = 16;

  /** To stand in the page, which brings the colours. */
  String inPage() {
    return new Svg()
        .begin("svg", "class", "plot", "role", "img", "aria-label", label, "height", height)
        .add(drawing)
        .end("svg")
        .toString();
  }

  /** A file of its own, light or dark as the reader's system is. */
  String inFile() {
    String outer =
        new Svg()
            .begin(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "plot",
                "role",
                "img",
                "aria-label",
                label,
                "width",
                FILE_WIDTH,
                "height",
                height + 2 * FILE_MARGIN)
            .toString();
    Svg inner =
        new Svg()
            .shape("rect", "class", "ground", "width", "100%", "height", "100%", "rx", 8)
            .begin(
                "svg",
                "x",
                FILE_MARGIN,
                "y",
                FILE_MARGIN,
                "width",
                FILE_WIDTH - 2 * FILE_MARGIN,
                "height",
                height,
                "overflow",
                "visible")
            .add(drawing)
            .end("svg")
            .end("svg");
    return outer + "<style>" + Sheets.PLOT + "</style>" + inner + "\n";
  }
}
