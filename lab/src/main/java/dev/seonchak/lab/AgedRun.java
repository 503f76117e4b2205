package dev.seonchak.lab;

import dev.seonchak.lab.load.HotItem;
import dev.seonchak.lab.ways.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what was sold long ago makes today's holds slower. */
final class AgedRun {
  static final Set<String> OPTIONS =
      Set.of("quick", "rounds", "seconds", "callers", "claims", "data", "results");

  private final Keeping keeping;
  private final Plan plan;
  private final int claims;

  AgedRun(Options options, Instant at) {
    keeping = new Keeping("aged", options, at);
    plan = Plan.of(options);
    claims = options.number("claims", options.has("quick") ? 200_000 : 5_000_000);
  }

  /** Whether every row of every round was right. */
  boolean run() throws Exception {
    double load = Machine.load();
    try (Stand stand = Stand.start(keeping.data(), Map.of())) {
      Progress.say("filling a pool with %,d claims ...".formatted(claims));
      Contestant fresh =
          new Contestant(
              "fresh", "an empty pool", Ways.SEONCHAK, stand.database("fresh"), HotItem.fresh());
      Contestant aged =
          new Contestant(
              "aged",
              "a pool with %,d claims".formatted(claims),
              Ways.SEONCHAK,
              stand.database("aged"),
              HotItem.aged(claims));
      List<Measured> measured = new Comparison(List.of(aged, fresh), plan).run();
      return report(measured, keeping.machine(stand.versions(), load));
    }
  }

  private boolean report(List<Measured> measured, Machine machine) throws IOException {
    Measured aged = measured.getFirst();
    Results.Table table =
        new Results.Table(
            MeasuredRows.titles("aged / this"),
            measured.stream().map(one -> MeasuredRows.row(one, aged)).toList());
    List<String> remarks =
        List.of(
            ("The engine with %,d callers on one hot pool, empty or with %,d claims, their orders and units per person;"
                    + " people and keys are random, so rows of a round fall anywhere into the old indexes."
                    + " Median of %d rounds of %d s in turn, after %d for warming up."
                    + " After each round all rows, the old ones included, were checked.")
                .formatted(
                    plan.callers(),
                    claims,
                    plan.rounds(),
                    plan.length().toSeconds(),
                    plan.warmUps()));
    Path page =
        keeping
            .results()
            .keep(
                "The engine on a pool with a past",
                machine,
                Map.of(
                    "callers",
                    plan.callers(),
                    "claims",
                    claims,
                    "rounds",
                    plan.rounds(),
                    "seconds",
                    plan.length().toSeconds(),
                    "pools",
                    measured),
                table,
                remarks);
    return MeasuredRows.say(table, page, measured);
  }
}
