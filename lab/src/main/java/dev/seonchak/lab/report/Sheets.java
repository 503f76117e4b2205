package dev.seonchak.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheets, which travel inside the page and inside each drawing's file. */
final class Sheets {
  /** Colours, and how a drawing looks. */
  static final String PLOT = read("plot.css");

  /** How the page looks around its drawings. */
  static final String PAGE = read("page.css");

  private Sheets() {}

  private static String read(String name) {
    try (InputStream sheet = Sheets.class.getResourceAsStream("/report/" + name)) {
      if (sheet == null) {
        throw new IllegalStateException("the style sheet " + name + " is missing");
      }
      return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
