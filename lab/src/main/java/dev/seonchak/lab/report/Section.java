package dev.seonchak.lab.report;

import java.util.List;

/**
 * A part of the page: what one result file says.
 *
 * @param id its place in the page
 * @param file the result, as seen from the page; empty when there is none
 * @param wanted what was to be reached
 * @param shown tables and drawings, in the order in which they are read
 */
public record Section(
    String id,
    String title,
    String file,
    boolean quick,
    String when,
    List<String> remarks,
    List<Wanted> wanted,
    List<Shown> shown,
    List<Fact> facts) {

  /** The result without its folder. */
  public String fileName() {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Something to look at. */
  public sealed interface Shown {}

  /** A drawing with a sentence on how to read it. */
  public record Drawn(String title, String caption, List<Panel> panels) implements Shown {
    /** Many small drawings side by side, or one large one. */
    public boolean many() {
      return panels.size() > 1;
    }
  }

  /** One drawing, ready for the page. */
  public record Panel(String title, String standing, String svg) {}

  /** Those who were measured, each with a row of figures. */
  public record Ways(List<String> titles, List<Row> rows) implements Shown {}

  /**
   * A row of a table.
   *
   * @param verdict in a word, or what was broken
   */
  public record Row(
      String title,
      String sentence,
      String standing,
      List<String> cells,
      String verdict,
      List<String> broken) {}

  /** Anything else that a file holds. */
  public record Plain(String title, List<String> titles, List<List<String>> rows)
      implements Shown {}

  /** Names and values. */
  public record Facts(String title, List<Fact> facts) implements Shown {}

  static Drawn one(String title, String caption, Picture picture) {
    return new Drawn(title, caption, List.of(new Panel("", "", picture.inPage())));
  }
}
