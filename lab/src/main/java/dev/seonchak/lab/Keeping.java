package dev.seonchak.lab;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where a run works and where its result goes, as the command line says.
 *
 * @param kind of the result, part of its file's name
 * @param command the subcommand, empty when there is none
 */
record Keeping(String kind, String command, Options options, Instant at) {

  Keeping(String kind, Options options, Instant at) {
    this(kind, kind, options, at);
  }

  /** The folder in which servers keep their data for the time of the run. */
  Path data() {
    return Path.of(options.text("data", System.getProperty("java.io.tmpdir")));
  }

  /** A quick run is kept under a name of its own, since it proves less. */
  Results results() {
    Path folder = Path.of(options.text("results", "lab/results"));
    String date = at.toString().substring(0, "2026-01-01".length());
    return new Results(folder, date + "-" + kind + (options.has("quick") ? "-quick" : ""));
  }

  Machine machine(List<String> servers, double loadBefore) {
    StringBuilder words = new StringBuilder("./seonchak lab");
    if (!command.isEmpty()) {
      words.append(' ').append(command);
    }
    options.values().entrySet().stream()
        .filter(option -> !option.getKey().equals("data") && !option.getKey().equals("results"))
        .forEach(option -> {
          words.append(" --").append(option.getKey());
          if (!option.getValue().equals("true")) {
            words.append(' ').append(option.getValue());
          }
        });
    return Machine.here(servers, words.toString(), at.toString(), loadBefore);
  }
}
