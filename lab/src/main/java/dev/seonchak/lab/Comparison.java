package dev.seonchak.lab;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.check.NumbersCheck;
import dev.seonchak.lab.check.RowsCheck;
import dev.seonchak.lab.load.Callers;
import dev.seonchak.lab.load.Cost;
import dev.seonchak.lab.load.Latencies;
import dev.seonchak.lab.load.Percentiles;
import dev.seonchak.lab.load.Round;
import dev.seonchak.lab.ways.Trait;
import dev.seonchak.lab.ways.Way;
import dev.seonchak.lab.ways.Ways;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures contestants against each other: first each one's best number of connections, then
 * warm-up, then rounds in turn (A B C, A B C, …), so that whatever else the machine does meets all
 * of them alike. After every round, also of the search, each row is compared with what its caller
 * was told; a round in which anything is wrong does not count.
 */
final class Comparison {
  private final Plan plan;
  private final List<Runner> runners = new ArrayList<>();
  private final Progress progress;

  Comparison(List<Contestant> contestants, Plan plan) {
    this.plan = plan;
    int steps = 0;
    for (Contestant contestant : contestants) {
      runners.add(new Runner(contestant));
      int choices = contestant.way().connections().size();
      steps += (choices > 1 ? choices : 0) + plan.warmUps() + plan.rounds();
    }
    progress = new Progress(steps);
  }

  List<Measured> run() throws Exception {
    for (Runner runner : runners) {
      runner.searchConnections();
    }
    try {
      for (int i = 0; i < plan.warmUps() + plan.rounds(); i++) {
        for (Runner runner : runners) {
          runner.round(i >= plan.warmUps());
        }
      }
    } finally {
      runners.forEach(Runner::close);
    }
    return runners.stream().map(Runner::measured).toList();
  }

  /** A contestant with its figures so far. */
  private final class Runner {
    private final Contestant contestant;
    private final List<Measured.Tried> search = new ArrayList<>();
    private final List<Double> perSecond = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private int connections;
    private final List<Double> own = new ArrayList<>();
    private final List<Double> servers = new ArrayList<>();
    private double ownMicros;
    private double serverMicros;
    private long acknowledged;
    private @Nullable Way way;

    Runner(Contestant contestant) {
      this.contestant = contestant;
      connections = contestant.way().connections().getFirst();
    }

    void searchConnections() throws Exception {
      List<Integer> choices = contestant.way().connections();
      if (choices.size() == 1) {
        return;
      }
      double best = -1;
      for (int choice : choices) {
        try (Way candidate = contestant.way().open(contestant.servers(), choice)) {
          double rate = callAndCheck(candidate, plan.search()).perSecond();
          search.add(new Measured.Tried(choice, rate));
          progress.step(
              "%s, %d connections: %,.0f a second".formatted(contestant.name(), choice, rate));
          if (rate > best) {
            best = rate;
            connections = choice;
          }
        }
      }
    }

    void round(boolean counts) throws Exception {
      if (way == null) {
        way = contestant.way().open(contestant.servers(), connections);
      }
      int wrongBefore = findings.size();
      Round round = callAndCheck(way, plan.length());
      boolean right = findings.size() == wrongBefore;
      if (counts && (right || contestant.way().is(Trait.WRONG))) {
        perSecond.add(round.perSecond());
        own.add(ownMicros);
        servers.add(serverMicros);
        latencies.addAll(round.latencies());
        acknowledged += round.acknowledged().size();
      }
      progress.step(
          "%s%s: %,.0f a second, p99 %.1f ms, %.0f + %.0f µs each, %s"
              .formatted(
                  contestant.name(),
                  counts ? "" : " (warm-up)",
                  round.perSecond(),
                  round.latencies().percentileMillis(99),
                  ownMicros,
                  serverMicros,
                  right ? "all rows right" : "ROWS WRONG: " + findings.getLast()));
    }

    private Round callAndCheck(Way called, Duration length) throws Exception {
      try (Connection connection = Stand.connect(contestant.servers())) {
        contestant.workload().prepare(connection);
        RowsCheck rows = RowsCheck.begin(connection);
        called.begin(connection);
        System.gc();
        Cost cost = Cost.begin();
        Round round = new Callers(plan.callers()).call(called, contestant.workload(), length);
        ownMicros = cost.ownMicros(round.acknowledged().size());
        serverMicros = cost.serverMicros(round.acknowledged().size());
        called.end(connection);
        List<Finding> found =
            contestant.way().kept() == Ways.Kept.ROWS
                ? rows.end(round.acknowledged())
                : NumbersCheck.of(round.acknowledged());
        found.forEach(finding -> findings.add(finding.toString()));
        if (round.failures() > 0) {
          findings.add(
              new Finding(
                      Finding.Kind.CALL_FAILED,
                      round.failures(),
                      String.valueOf(round.firstFailure()))
                  .toString());
        }
        if (round.refused() > 0) {
          findings.add(
              String.format(Locale.ROOT, "refused %d, though there was enough", round.refused()));
        }
        return round;
      }
    }

    void close() {
      if (way != null) {
        way.close();
      }
    }

    Measured measured() {
      return new Measured(
          contestant.name(),
          contestant.title(),
          contestant.way().sentence(),
          contestant.way().is(Trait.WRONG),
          connections,
          List.copyOf(search),
          List.copyOf(perSecond),
          Measured.median(perSecond),
          Percentiles.of(latencies),
          Measured.median(own),
          Measured.median(servers),
          acknowledged,
          List.copyOf(findings));
    }
  }
}
