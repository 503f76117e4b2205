package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Thousands of races for one piece at its deadline. {@code -Dseonchak.seed=7} runs one of them
 * again, {@code -Dseonchak.runs=100000} runs more.
 */
class RaceTest {
  @Test
  void neverExpiresAnOrderThatIsPaid() {
    Long only = Long.getLong("seonchak.seed");
    long first = only == null ? 0 : only;
    long runs = only == null ? Long.getLong("seonchak.runs", 10_000) : 1;
    Set<String> seen = new TreeSet<>();
    for (long seed = first; seed < first + runs; seed++) {
      seen.addAll(run(seed).seen);
    }
    System.out.println(runs + " races: " + seen);
    if (only == null) {
      // All ways to end were there, or the races were too tame to show anything.
      assertThat(seen)
          .contains(
              "the rival holds a piece",
              "a crash while coming back",
              "a crash while reconciling",
              "APPROVED because null, order PAID",
              "FAILED because ORDER_EXPIRED, order EXPIRED",
              "FAILED because ORDER_GONE, order PAID",
              "FAILED because CANCELLED, order EXPIRED",
              "FAILED because DECLINED, order EXPIRED",
              "REFUNDED because LATE, order EXPIRED",
              "REFUNDED because LATE, order PAID",
              "REFUNDED because MISMATCH, order EXPIRED");
    }
  }

  @Test
  void takesTheSameStepsAgainFromTheSameSeed() {
    assertThat(run(4711).schedule.traced()).isEqualTo(run(4711).schedule.traced()).isNotZero();
  }

  private static Race run(long seed) {
    var race = new Race(seed, new Race.Parts());
    try {
      race.run();
      return race;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", again with -Dseonchak.seed=" + seed, e);
    }
  }
}
