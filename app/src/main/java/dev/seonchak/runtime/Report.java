package dev.seonchak.runtime;

import dev.seonchak.embedded.Part;
import dev.seonchak.embedded.PartStarted;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The launcher's own lines on the console: one per part, and one when all is ready. Thread-safe.
 */
final class Report {
  private final PrintStream out;
  private final PrintStream err;

  Report(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  void ready(PartStarted part) {
    out.printf(
        Locale.ROOT,
        "%-9s ready  %-22s %.1f s%n",
        name(part.part()),
        part.address(),
        part.seconds());
  }

  void given(Part part, String address) {
    out.printf("%-9s given  %s%n", name(part), address);
  }

  void lost(String sentence) {
    err.println(sentence);
  }

  void line(String text) {
    out.println(text);
  }

  private static String name(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
