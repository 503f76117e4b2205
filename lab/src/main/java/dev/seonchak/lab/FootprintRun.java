package dev.seonchak.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long the platform takes to be ready, and what all its processes weigh when nothing happens.
 *
 * <p>Memory is the sum of proportional set sizes ({@code Pss} of {@code /proc/PID/smaps_rollup}),
 * in which a page that several processes share counts once.
 */
final class FootprintRun {
  static final Set<String> OPTIONS = Set.of("starts", "seconds", "data", "results");

  private static final Pattern READY = Pattern.compile("ready \\S+ in ([0-9.]+) s");
  private static final int STARTS = 4;
  private static final int IDLE_SECONDS = 30;

  private final Options options;
  private final Instant now;

  FootprintRun(Options options, Instant now) {
    this.options = options;
    this.now = now;
  }

  /** One start: seconds until ready, and megabytes by process once idle. */
  private record Started(double seconds, Map<String, Long> megabytes) {
    long total() {
      return megabytes.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Always right: there is no answer to check but that the platform says that it is ready. */
  boolean run() throws IOException, InterruptedException {
    double loadBefore = Machine.load();
    Path data = Files.createTempDirectory("seonchak-footprint").resolve("data");
    List<Started> starts = new ArrayList<>();
    int wanted = options.number("starts", STARTS);
    for (int i = 0; i < wanted; i++) {
      starts.add(start(data));
      System.out.printf(
          Locale.ROOT,
          "start %d of %d: ready in %.1f s, %d MB at idle%n",
          i + 1,
          wanted,
          starts.getLast().seconds(),
          starts.getLast().total());
    }
    keep(starts, loadBefore);
    return true;
  }

  private Started start(Path data) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("./seonchak", "up", "--port", "0", "--data", data.toString())
            .redirectErrorStream(true)
            .start();
    try {
      double seconds = awaitReady(process);
      // Idle is what is left once the start's own garbage and threads have settled.
      TimeUnit.SECONDS.sleep(options.number("seconds", IDLE_SECONDS));
      return new Started(seconds, weigh(process));
    } finally {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static double awaitReady(Process process) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return Double.parseDouble(ready.group(1));
      }
    }
    throw new IOException("the platform ended before it was ready");
  }

  private static Map<String, Long> weigh(Process process) throws IOException {
    Map<String, Long> kilobytes = new LinkedHashMap<>();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    for (ProcessHandle one : all) {
      String name = Files.readString(Path.of("/proc/" + one.pid() + "/comm")).strip();
      kilobytes.merge(name, pss(one.pid()), Long::sum);
    }
    Map<String, Long> megabytes = new LinkedHashMap<>();
    kilobytes.forEach((name, size) -> megabytes.put(name, (size + 512) / 1024));
    return megabytes;
  }

  private static long pss(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private void keep(List<Started> starts, double loadBefore) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Started started : starts) {
      rows.add(
          List.of(
              rows.isEmpty() ? "first, empty data folder" : "later, kept data",
              String.format(Locale.ROOT, "%.1f s", started.seconds()),
              started.total() + " MB",
              started.megabytes().toString()));
    }
    var results =
        new Results(
            Path.of(options.text("results", "lab/results")),
            now.toString().substring(0, 10) + "-footprint");
    var machine =
        Machine.here(
            List.of("embedded servers of this commit"),
            "./seonchak lab footprint",
            now.toString(),
            loadBefore);
    var table =
        new Results.Table(List.of("start", "ready after", "memory at idle", "by process"), rows);
    System.out.println(table.plain());
    results.keep(
        "Footprint",
        machine,
        Map.of("starts", starts),
        table,
        List.of(
            "Memory is the sum of the proportional set sizes of all processes, 30 s after ready."));
  }
}
