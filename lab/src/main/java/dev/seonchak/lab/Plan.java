package dev.seonchak.lab;

import java.time.Duration;

/**
 * How long and how often.
 *
 * @param callers at once
 * @param rounds that count
 * @param length of each of them
 * @param warmUps rounds before that do not count, of ways without a number of connections to choose
 * @param search how long each number of connections is tried
 */
record Plan(int callers, int rounds, Duration length, int warmUps, Duration search) {
  private static final Duration SHORT = Duration.ofSeconds(3);

  static Plan of(Options options) {
    boolean quick = options.has("quick");
    Duration length = Duration.ofSeconds(options.number("seconds", quick ? 1 : 5));
    return new Plan(
        options.number("callers", 1_000),
        options.number("rounds", quick ? 3 : 5),
        length,
        1,
        quick ? Duration.ofMillis(700) : Duration.ofSeconds(2));
  }

  /** What will do where less is at stake. */
  Plan shorter() {
    Duration shorter = length.compareTo(SHORT) > 0 ? SHORT : length;
    return new Plan(callers, Math.min(rounds, 3), shorter, warmUps, search);
  }

  /** With so many rounds for warming up. */
  Plan warmedBy(int roundsBefore) {
    return new Plan(callers, rounds, length, roundsBefore, search);
  }

  /** A single round, to see that it works and about how fast. */
  Plan once() {
    return new Plan(callers, 1, length, 1, search);
  }
}
