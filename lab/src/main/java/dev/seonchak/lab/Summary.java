package dev.seonchak.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run over several workloads says at its end. */
final class Summary {
  private final List<Part> parts = new ArrayList<>();

  private record Part(Workloads workload, Figures figures, Path page) {}

  void add(Workloads workload, Figures figures, Path page) {
    parts.add(new Part(workload, figures, page));
  }

  /** Prints everything; whether all that claims to be right was right. */
  boolean say() {
    for (Part part : parts) {
      Progress.say("\n" + part.workload().title() + "\n");
      Progress.say(MeasuredRows.table(part.figures()).plain());
      part.figures().bars(part.workload()).forEach(bar -> Progress.say("  " + bar));
      Progress.say("  kept in " + part.page());
    }
    return parts.stream()
        .flatMap(part -> part.figures().measured().stream())
        .allMatch(Measured::asExpected);
  }
}
