package dev.seonchak.lab;

import dev.seonchak.embedded.Part;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Trait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Ways at workloads, in this process against real servers of the run's own. */
final class WorkloadsRun {
  static final Set<String> OPTIONS =
      Set.of(
          "quick",
          "ways",
          "workloads",
          "rounds",
          "seconds",
          "callers",
          "claims",
          "data",
          "results");

  private final Options options;
  private final Instant at;
  private final Agenda agenda;

  WorkloadsRun(Options options, Instant at) {
    this.options = options;
    this.at = at;
    agenda = new Agenda(options);
  }

  /** Whether every row of every round was right. */
  boolean run() throws Exception {
    double load = Machine.load();
    Set<Part> parts = EnumSet.of(Part.POSTGRES, Part.REDIS);
    if (agenda.ways().stream().anyMatch(way -> way.is(Trait.KAFKA))) {
      parts.add(Part.KAFKA);
    }
    try (Stand stand = Stand.start(new Keeping("", "", options, at).data(), Map.of(), parts)) {
      Function<String, Servers> databases = Stage.once(stand::database);
      int steps = 0;
      for (Workloads workload : agenda.workloads()) {
        steps += comparison(workload, databases).steps();
      }
      Progress progress = new Progress(steps);
      Summary summary = new Summary();
      for (Workloads workload : agenda.workloads()) {
        Comparison comparison = comparison(workload, databases);
        if (comparison.steps() > 0) {
          Progress.say(workload.title());
          Figures figures = new Figures(comparison.run(progress));
          agenda.learn(workload, figures.measured());
          summary.add(workload, figures, keep(workload, figures, stand.versions(), load));
        }
      }
      return summary.say();
    }
  }

  private Comparison comparison(Workloads workload, Function<String, Servers> databases) {
    return new Comparison(agenda.contestants(workload, databases), agenda.planAt(workload));
  }

  private Path keep(Workloads workload, Figures figures, List<String> servers, double load)
      throws IOException {
    Keeping keeping = new Keeping(workload.word(), "", options, at);
    Plan plan = agenda.planAt(workload);
    List<Bar> bars = figures.bars(workload);
    Results.Table table = MeasuredRows.table(figures);
    List<String> remarks = new ArrayList<>();
    remarks.add(workload.remark());
    remarks.add(
        ("%,d callers at once, each a virtual thread that waits for its answer. Median of %d rounds in turn, of %d s where"
                + " nothing else ends them, after %d for warming up ways without a number of connections to choose;"
                + " latencies over all rounds. After each round every row was compared with what its caller had been"
                + " told.")
            .formatted(plan.callers(), plan.rounds(), plan.length().toSeconds(), plan.warmUps()));
    remarks.add(
        "Overtaken by is the mean number of later requests that were served before a request, and the most.");
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("remarks", List.copyOf(remarks));
    bars.forEach(bar -> remarks.add("\n" + bar));
    data.put("workload", workload.word());
    data.put("plan", plan);
    data.put("bars", bars);
    data.put("ways", figures.measured());
    return keeping
        .results()
        .keep(workload.title(), keeping.machine(servers, load), data, table, remarks);
  }
}
