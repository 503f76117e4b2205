package dev.seonchak.lab;

import java.util.List;

/**
 * Measures contestants against each other: first each one's best number of connections is searched,
 * which warms it up, then there are rounds in turn (A B C, A B C, …), so that whatever else the
 * machine does meets all of them alike. After every round, also of the search, each row is compared
 * with what its caller was told; a round in which anything is wrong does not count.
 */
final class Comparison {
  private final List<Contestant> contestants;
  private final Plan plan;

  Comparison(List<Contestant> contestants, Plan plan) {
    this.contestants = contestants;
    this.plan = plan;
  }

  /** How many steps of progress it makes. */
  int steps() {
    return contestants.stream().mapToInt(one -> Runner.steps(one, plan)).sum();
  }

  List<Measured> run(Progress progress) throws Exception {
    List<Runner> runners =
        contestants.stream().map(one -> new Runner(one, plan, progress)).toList();
    try {
      for (Runner runner : runners) {
        runner.prepare();
      }
      for (int i = 0; i < plan.rounds(); i++) {
        for (Runner runner : runners) {
          runner.round();
        }
      }
    } finally {
      runners.forEach(Runner::close);
    }
    return runners.stream().map(Runner::measured).toList();
  }
}
