package dev.seonchak.lab;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.check.NumbersCheck;
import dev.seonchak.lab.check.RowsCheck;
import dev.seonchak.lab.check.ToldCheck;
import dev.seonchak.lab.load.Cost;
import dev.seonchak.lab.load.Crowd;
import dev.seonchak.lab.load.Fairness;
import dev.seonchak.lab.load.Percentiles;
import dev.seonchak.lab.load.Round;
import dev.seonchak.lab.load.Spans;
import dev.seonchak.lab.load.Timeline;
import dev.seonchak.lab.ways.Trait;
import dev.seonchak.lab.ways.Ways;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A contestant in its rounds, with its figures so far. */
final class Runner implements AutoCloseable {
  private final Contestant contestant;
  private final Plan plan;
  private final Progress progress;
  private final List<Measured.Tried> tried = new ArrayList<>();
  private final List<Double> perSecond = new ArrayList<>();
  private final List<Double> own = new ArrayList<>();
  private final List<Double> servers = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Spans held = new Spans();
  private final Spans refusals = new Spans();
  private Fairness fairness = Fairness.NONE;
  private int connections;
  private @Nullable Crowd crowd;

  Runner(Contestant contestant, Plan plan, Progress progress) {
    this.contestant = contestant;
    this.plan = plan;
    this.progress = progress;
    connections = contestant.connections().getFirst();
  }

  /** How many steps of progress a contestant makes. */
  static int steps(Contestant contestant, Plan plan) {
    return (contestant.isSearched() ? contestant.connections().size() : warmUps(contestant, plan))
        + plan.rounds();
  }

  /** Ways that have a number of connections to choose are slow, and slow for other reasons. */
  private static int warmUps(Contestant contestant, Plan plan) {
    return contestant.way().connections().size() == 1 ? plan.warmUps() : 0;
  }

  /** A round and what it cost. */
  private record Checked(Round round, double ownMicros, double serverMicros, boolean right) {}

  /** Finds the best number of connections, or warms up where there is no choice. */
  void prepare() throws Exception {
    if (contestant.isSearched()) {
      search();
    } else {
      for (int i = 0; i < warmUps(contestant, plan); i++) {
        round(false);
      }
    }
  }

  private void search() throws Exception {
    double best = -1;
    for (int choice : contestant.connections()) {
      try (Crowd candidate = contestant.open(plan.callers(), choice)) {
        double rate = callAndCheck(candidate, plan.search()).round().perSecond();
        tried.add(new Measured.Tried(choice, rate));
        progress.step(
            "%s, %d connections: %,.0f a second".formatted(contestant.name(), choice, rate));
        if (rate > best) {
          best = rate;
          connections = choice;
        }
      }
    }
  }

  void round() throws Exception {
    round(true);
  }

  private void round(boolean counts) throws Exception {
    if (crowd == null) {
      crowd = contestant.open(plan.callers(), connections);
    }
    Checked checked = callAndCheck(crowd, plan.length());
    Round round = checked.round();
    if (counts && (checked.right() || contestant.way().is(Trait.WRONG))) {
      perSecond.add(round.perSecond());
      own.add(checked.ownMicros());
      servers.add(checked.serverMicros());
      held.addAll(round.held());
      refusals.addAll(round.refusals());
      fairness = fairness.plus(Fairness.of(round));
    }
    progress.step(
        "%s%s: %,.0f a second, p99 %.1f ms, %.0f + %.0f µs each, %s"
            .formatted(
                contestant.name(),
                counts ? "" : " (warm-up)",
                round.perSecond(),
                round.held().latencies().percentileMillis(99),
                checked.ownMicros(),
                checked.serverMicros(),
                checked.right() ? "all rows right" : "ROWS WRONG: " + findings.getLast()));
  }

  private Checked callAndCheck(Crowd called, Duration length) throws Exception {
    try (Connection connection = Stand.connect(contestant.servers())) {
      contestant.workload().prepare(connection);
      RowsCheck rows = RowsCheck.begin(connection);
      called.begin(connection);
      System.gc();
      Cost cost = called.cost();
      Round round = called.call(contestant.workload(), length);
      double ownMicros = cost.ownMicros(round.answers());
      double serverMicros = cost.serverMicros(round.answers());
      called.end(connection);
      List<Finding> found = check(round, rows);
      findings.addAll(found);
      return new Checked(round, ownMicros, serverMicros, found.isEmpty());
    }
  }

  private List<Finding> check(Round round, RowsCheck rows) throws SQLException {
    List<Finding> found =
        new ArrayList<>(
            contestant.way().kept() == Ways.Kept.ROWS
                ? rows.end(round.acknowledged())
                : NumbersCheck.of(round.acknowledged()));
    found.addAll(ToldCheck.of(round.acknowledged()));
    found.addAll(contestant.workload().check(round));
    if (round.failures() > 0) {
      found.add(
          new Finding(
              Finding.Kind.CALL_FAILED, round.failures(), String.valueOf(round.firstFailure())));
    }
    return found;
  }

  @Override
  public void close() {
    if (crowd != null) {
      crowd.close();
    }
  }

  Measured measured() {
    Spans all = new Spans();
    all.addAll(held);
    all.addAll(refusals);
    return new Measured(
        contestant.name(),
        contestant.title(),
        contestant.way().word(),
        contestant.way().sentence(),
        contestant.way().is(Trait.WRONG),
        contestant.way().kept(),
        connections,
        List.copyOf(tried),
        List.copyOf(perSecond),
        Measured.median(perSecond),
        Percentiles.of(held.latencies()),
        Percentiles.of(refusals.latencies()),
        refusals.size(),
        fairness,
        Timeline.of(all, Math.max(1, perSecond.size())),
        Measured.median(own),
        Measured.median(servers),
        held.size(),
        List.copyOf(findings));
  }
}
