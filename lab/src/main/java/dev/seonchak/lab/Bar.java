package dev.seonchak.lab;

/**
 * Something that a run must reach, and what it reached.
 *
 * @param least the least that will do, or the most when {@code most} is set
 * @param most whether the figure must stay below instead
 */
record Bar(String what, double figure, double least, boolean most) {
  static Bar atLeast(String what, double figure, double least) {
    return new Bar(what, figure, least, false);
  }

  static Bar atMost(String what, double figure, double most) {
    return new Bar(what, figure, most, true);
  }

  boolean met() {
    return most ? figure <= least : figure >= least;
  }

  @Override
  public String toString() {
    return "%s: %.2f, at %s %.2f: %s"
        .formatted(what, figure, most ? "most" : "least", least, met() ? "met" : "MISSED");
  }
}
