package dev.seonchak.lab;

import dev.seonchak.lab.load.HotItem;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every way of a hold on one hot item, with the same callers, against the same servers. */
final class EngineRun {
  static final Set<String> OPTIONS =
      Set.of("quick", "rounds", "seconds", "callers", "ways", "data", "results");

  private final Keeping keeping;
  private final Plan plan;
  private final List<Ways> ways;

  EngineRun(Options options, Instant at) {
    keeping = new Keeping("engine", options, at);
    plan = Plan.of(options);
    String all = Arrays.stream(Ways.values()).map(Ways::word).collect(Collectors.joining(","));
    ways = options.list("ways", all).stream().map(EngineRun::way).toList();
  }

  private static Ways way(String word) {
    return Arrays.stream(Ways.values())
        .filter(way -> way.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new Options.WrongUse("there is no way called " + word));
  }

  /** Whether every row of every round was right. */
  boolean run() throws Exception {
    double load = Machine.load();
    try (Stand stand = Stand.start(keeping.data(), Map.of())) {
      Servers database = stand.database("lab");
      List<Contestant> contestants =
          ways.stream()
              .map(way -> new Contestant(way.word(), way.title(), way, database, HotItem.fresh()))
              .toList();
      List<Measured> measured = new Comparison(contestants, plan).run();
      return report(measured, keeping.machine(stand.versions(), load));
    }
  }

  private boolean report(List<Measured> measured, Machine machine) throws IOException {
    Measured ours = measured.getFirst();
    List<List<String>> rows = new ArrayList<>();
    for (Measured one : measured) {
      rows.add(MeasuredRows.row(one, ours));
    }
    Results.Table table = new Results.Table(MeasuredRows.titles(ours.name() + " / this"), rows);
    List<String> remarks =
        List.of(
            ("%,d callers at once, each a virtual thread that waits for its answer; one hot pool; every hold by another"
                    + " person under a new key, one unit, with answers to a form of three questions."
                    + " Median of %d rounds of %d s in turn, after %d for warming up; latencies over all rounds.")
                .formatted(
                    plan.callers(), plan.rounds(), plan.length().toSeconds(), plan.warmUps()),
            "Every way but Redis INCR does the whole work of a hold: claim, order with answers, limit per person and"
                + " idempotency key, durable before it is answered (fsync on), on the best number of connections found"
                + " before. After each round every row was compared with what its caller had been told.");
    Path page =
        keeping
            .results()
            .keep(
                "Ways of a hold on one hot item",
                machine,
                Map.of(
                    "plan",
                    plan.callers(),
                    "rounds",
                    plan.rounds(),
                    "seconds",
                    plan.length().toSeconds(),
                    "ways",
                    measured),
                table,
                remarks);
    return MeasuredRows.say(table, page, measured);
  }
}
