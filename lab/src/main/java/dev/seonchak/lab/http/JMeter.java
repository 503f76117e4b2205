package dev.seonchak.lab.http;

import dev.seonchak.embedded.CannotStart;
import dev.seonchak.lab.load.Cost;
import dev.seonchak.lab.load.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Apache JMeter, as it is, with the plan of this project. */
final class JMeter {
  private final Path launcher;
  private final Path plan;

  /**
   * @param folder with the plan, below which JMeter has been laid out
   */
  JMeter(Path folder) {
    launcher = folder.resolve("target/home/bin/ApacheJMeter.jar");
    plan = folder.resolve("rush.jmx");
    if (!Files.exists(launcher)) {
      throw new CannotStart(
          "There is no JMeter in %s: mvn -f %s package fetches it."
              .formatted(launcher, folder.resolve("pom.xml")));
    }
  }

  /**
   * What JMeter wrote down, and what it cost.
   *
   * @param answers how often each status, or what JMeter says instead of one
   * @param created requests that were answered with 201
   * @param cpu processor time that JMeter used
   */
  record Samples(Map<String, Integer> answers, Spans created, double seconds, Duration cpu) {}

  /**
   * @param properties of the plan
   * @param folder for what it writes
   */
  Samples run(Map<String, String> properties, Path folder)
      throws IOException, InterruptedException {
    Path samples = folder.resolve("samples.csv");
    // JMeter complains about its absence.
    Files.createDirectories(launcher.resolveSibling("../lib/junit"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.util.prefs.userRoot=" + folder,
                "-jar",
                launcher.toString(),
                "--nongui",
                "--testfile",
                plan.toString(),
                "--logfile",
                samples.toString(),
                "--jmeterlogfile",
                folder.resolve("jmeter.log").toString()));
    properties.forEach((name, value) -> command.add("-J" + name + "=" + value));
    Duration before = Cost.ofEndedChildren();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jmeter.out").toFile())
            .start();
    Thread end = new Thread(process::destroy, "end-jmeter");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("JMeter failed: " + Files.readString(folder.resolve("jmeter.out")));
      }
    } finally {
      process.destroy();
    }
    Runtime.getRuntime().removeShutdownHook(end);
    return read(samples, Cost.ofEndedChildren().minus(before));
  }

  /** One line for each request: begun at, milliseconds, label, status, and more. */
  private static Samples read(Path file, Duration cpu) throws IOException {
    Map<String, Integer> answers = new TreeMap<>();
    List<long[]> times = new ArrayList<>();
    long first = Long.MAX_VALUE;
    long last = 0;
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines.skip(1)::iterator) {
        String[] fields = line.split(",", 5);
        long began = Long.parseLong(fields[0]);
        long ended = began + Long.parseLong(fields[1]);
        first = Math.min(first, began);
        last = Math.max(last, ended);
        answers.merge(fields[3], 1, Integer::sum);
        if (fields[3].equals("201")) {
          times.add(new long[] {began, ended});
        }
      }
    }
    Spans created = new Spans();
    for (long[] one : times) {
      created.add((one[0] - first) * 1_000_000, (one[1] - first) * 1_000_000);
    }
    return new Samples(answers, created, (last - first) / 1e3, cpu);
  }
}
