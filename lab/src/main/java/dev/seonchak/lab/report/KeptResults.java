package dev.seonchak.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Finds the result files of a folder. */
final class KeptResults {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private KeptResults() {}

  /** What is compared most closely is read first. */
  private static final Comparator<Result> ORDER =
      Comparator.comparingInt((Result result) -> result.json().path("ways").size())
          .thenComparingInt(result -> result.json().path("requests").size())
          .reversed()
          .thenComparing(Result::kind);

  /** The latest of each title: what was asked for is the same, whatever its file was called. */
  static List<Result> latest(Path folder) throws IOException {
    Map<String, Result> latest = new HashMap<>();
    for (Path file : files(folder)) {
      Result result = Result.of(file.getFileName().toString(), JSON.readTree(file.toFile()));
      latest.merge(
          result.title(), result, (one, other) -> other.at().compareTo(one.at()) > 0 ? other : one);
    }
    List<Result> all = new ArrayList<>(latest.values());
    all.sort(ORDER);
    return all;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
