package dev.seonchak.lab.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the page, one file that needs no other, and its drawings for use elsewhere. */
public final class Report {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.seonchak.lab.jte");

  private final List<Result> results;
  private final Path folder;

  private Report(List<Result> results, Path folder) {
    this.results = results;
    this.folder = folder;
  }

  /** Of the latest result of each title in a folder, for a page that stands in one beside it. */
  public static Report of(Path folder) throws IOException {
    Path beside = Path.of("..").resolve(folder.toAbsolutePath().normalize().getFileName());
    return new Report(KeptResults.latest(folder), beside);
  }

  /** Writes the page; its folder is made when it is not there. */
  public void write(Path page) throws IOException {
    Files.createDirectories(page.toAbsolutePath().getParent());
    Files.writeString(page, html());
  }

  /** Writes each drawing of ways at a workload into a file of its own. */
  public List<Path> draw(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (Result result : results) {
      if (hasWays(result)) {
        for (Picture picture : ways(result).pictures()) {
          Path file = folder.resolve(picture.name() + ".svg");
          Files.writeString(file, picture.inFile());
          files.add(file);
        }
      }
    }
    return files;
  }

  String html() {
    StringOutput out = new StringOutput();
    TEMPLATES.render("report.jte", Map.of("page", page()), out);
    return out.toString();
  }

  private Page page() {
    List<Section> sections = new ArrayList<>();
    sections.addAll(Overview.of(results.stream().filter(Report::hasWays).toList()));
    results.forEach(result -> sections.add(section(result)));
    List<Fact> facts =
        results.stream().max(Comparator.comparing(Result::at)).map(Result::facts).orElse(List.of());
    return new Page(sections, facts, Sheets.PLOT + Sheets.PAGE);
  }

  private Section section(Result result) {
    return new Section(
        result.kind(),
        result.title(),
        folder.resolve(result.file()).toString(),
        result.quick(),
        result.when(),
        result.remarks(),
        Wanted.in(result.json().path("bars")),
        shown(result),
        result.facts());
  }

  private static List<Section.Shown> shown(Result result) {
    if (hasWays(result)) {
      return ways(result).shown();
    }
    if (!result.json().path(OfferedSection.WAYS).isEmpty()) {
      return OfferedSection.shown(result.json());
    }
    return result.json().path("requests").isArray()
        ? HttpSection.shown(result.json())
        : PlainSection.shown(result.json(), Set.of());
  }

  private static boolean hasWays(Result result) {
    return !result.json().path("ways").isEmpty();
  }

  private static WaysSection ways(Result result) {
    return new WaysSection(result.kind(), Entrants.all(result.json().path("ways")));
  }
}
