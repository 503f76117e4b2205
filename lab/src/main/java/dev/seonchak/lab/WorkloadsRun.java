package dev.seonchak.lab;

import dev.seonchak.embedded.Part;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Trait;
import dev.seonchak.lab.ways.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
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
  private final List<Ways> ways;
  private final List<Workloads> workloads;

  WorkloadsRun(Options options, Instant at) {
    this.options = options;
    this.at = at;
    ways = chosen("ways", "way", Ways.values(), Ways::word);
    workloads = chosen("workloads", "workload", Workloads.values(), Workloads::word);
  }

  /** In the order of the catalogue, whatever the order on the command line. */
  private <T> List<T> chosen(String option, String one, T[] all, Function<T, String> word) {
    List<String> words = Arrays.stream(all).map(word).toList();
    List<String> asked = options.list(option, String.join(",", words));
    for (String name : asked) {
      if (!words.contains(name)) {
        throw new Options.WrongUse(
            "there is no %s called %s; there are %s"
                .formatted(one, name, String.join(", ", words)));
      }
    }
    return Arrays.stream(all).filter(candidate -> asked.contains(word.apply(candidate))).toList();
  }

  /** Whether every row of every round was right. */
  boolean run() throws Exception {
    double load = Machine.load();
    Set<Part> parts = EnumSet.of(Part.POSTGRES, Part.REDIS);
    if (ways.stream().anyMatch(way -> way.is(Trait.KAFKA))) {
      parts.add(Part.KAFKA);
    }
    try (Stand stand = Stand.start(new Keeping("", "", options, at).data(), Map.of(), parts)) {
      Function<String, Servers> databases = Stage.once(stand::database);
      Map<Workloads, Comparison> comparisons = new EnumMap<>(Workloads.class);
      int steps = 0;
      for (Workloads workload : workloads) {
        Plan plan = plan(workload);
        Stage stage = new Stage(waysAt(workload), plan, claimsBefore(), databases);
        Comparison comparison = new Comparison(workload.contestants(stage), plan);
        comparisons.put(workload, comparison);
        steps += comparison.steps();
      }
      Progress progress = new Progress(steps);
      Summary summary = new Summary();
      for (Map.Entry<Workloads, Comparison> one : comparisons.entrySet()) {
        Workloads workload = one.getKey();
        Progress.say(workload.title());
        Figures figures = new Figures(one.getValue().run(progress));
        summary.add(workload, figures, keep(workload, figures, stand.versions(), load));
      }
      return summary.say();
    }
  }

  /** A quick run compares ways at the first workload only, unless it is told which. */
  private List<Ways> waysAt(Workloads workload) {
    boolean all = workload == Workloads.HOT_ITEM || !options.has("quick") || options.has("ways");
    return all ? ways : ways.subList(0, 1);
  }

  private Plan plan(Workloads workload) {
    Plan plan = Plan.of(options);
    return options.has("quick") && workload != Workloads.HOT_ITEM ? plan.once() : plan;
  }

  private int claimsBefore() {
    return options.number("claims", options.has("quick") ? 200_000 : 10_000_000);
  }

  private Path keep(Workloads workload, Figures figures, List<String> servers, double load)
      throws IOException {
    Keeping keeping = new Keeping(workload.word(), "", options, at);
    Plan plan = plan(workload);
    List<Bar> bars = workload.bars(figures);
    Results.Table table = MeasuredRows.table(figures);
    List<String> remarks = new ArrayList<>();
    remarks.add(workload.remark());
    remarks.add(
        ("%,d callers at once, each a virtual thread that waits for its answer. Median of %d rounds in turn, of %d s where"
                + " nothing else ends them, after %d for warming up, on the best number of connections found before;"
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
