package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Thousands of small worlds. {@code -Dseonchak.seed=7} lives one of them again, {@code
 * -Dseonchak.runs=100000} lives more.
 */
class SimulationTest {

  @Test
  void keepsItsPromisesWhateverHappens() {
    Long only = Long.getLong("seonchak.seed");
    long first = only == null ? 0 : only;
    long runs = only == null ? Long.getLong("seonchak.runs", 2_000) : 1;
    Map<String, Integer> seen = new HashMap<>();
    for (long seed = first; seed < first + runs; seed++) {
      live(seed).seen.forEach((outcome, count) -> seen.merge(outcome, count, Integer::sum));
    }
    System.out.println(runs + " worlds: " + seen);
    if (only == null) {
      assertThat(seen)
          .containsOnlyKeys(
              "Granted",
              "Repeated",
              "KeyReused",
              "Refused",
              "Refused by probe",
              "Refused at once",
              "Released",
              "NotReleased",
              "Overloaded",
              "Unanswered",
              "Rejected");
    }
  }

  @Test
  void livesTheSameLifeAgainFromTheSameSeed() {
    assertThat(live(4711).trace).isEqualTo(live(4711).trace).isNotZero();
  }

  private static Simulation live(long seed) {
    var simulation = new Simulation(seed, Simulation.Defects.NONE);
    try {
      simulation.run();
      return simulation;
    } catch (AssertionError | Exception e) {
      throw new AssertionError("seed " + seed + ", again with -Dseonchak.seed=" + seed, e);
    }
  }
}
