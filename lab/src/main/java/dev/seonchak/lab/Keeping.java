package dev.seonchak.lab;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Where a run works and where its result goes, as the command line says. */
record Keeping(String kind, Options options, Instant at) {

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
    StringBuilder command = new StringBuilder("./seonchak lab ").append(kind);
    options.values().entrySet().stream()
        .filter(option -> !option.getKey().equals("data") && !option.getKey().equals("results"))
        .forEach(option -> {
          command.append(" --").append(option.getKey());
          if (!option.getValue().equals("true")) {
            command.append(' ').append(option.getValue());
          }
        });
    return Machine.here(servers, command.toString(), at.toString(), loadBefore);
  }
}
