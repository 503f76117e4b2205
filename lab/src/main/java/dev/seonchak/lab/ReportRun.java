package dev.seonchak.lab;

import dev.seonchak.lab.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Makes the page from the kept results, without measuring anything. */
final class ReportRun {
  static final Set<String> OPTIONS = Set.of("results", "drawings");

  private static final String RESULTS = "lab/results";

  private final Options options;

  ReportRun(Options options) {
    this.options = options;
  }

  boolean run() throws IOException {
    Path results = Path.of(options.text("results", RESULTS));
    if (!Files.isDirectory(results)) {
      throw new Options.WrongUse("there is no folder " + results);
    }
    Report report = write(results);
    if (options.has("drawings")) {
      report
          .draw(Path.of(options.text("drawings", "")))
          .forEach(file -> Progress.say("drawn " + file));
    }
    return true;
  }

  /**
   * What every run does at its end.
   *
   * @param words of its command line
   */
  static void after(List<String> words) throws IOException {
    int named = words.indexOf("--results");
    write(Path.of(named < 0 ? RESULTS : words.get(named + 1)));
  }

  /** The page stands in a folder beside that of the results. */
  private static Report write(Path results) throws IOException {
    Report report = Report.of(results);
    Path page = results.resolveSibling("report").resolve("index.html");
    report.write(page);
    Progress.say("\nthe page is " + page);
    return report;
  }
}
