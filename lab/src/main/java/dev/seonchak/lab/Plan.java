package dev.seonchak.lab;

import java.time.Duration;

/**
 * How long and how often.
 *
 * @param callers at once
 * @param rounds that count
 * @param length of each of them
 * @param warmUps rounds before that do not count
 * @param search how long each number of connections is tried
 */
record Plan(int callers, int rounds, Duration length, int warmUps, Duration search) {
  static Plan of(Options options) {
    boolean quick = options.has("quick");
    Duration length = Duration.ofSeconds(options.number("seconds", quick ? 2 : 5));
    return new Plan(
        options.number("callers", 1_000),
        options.number("rounds", quick ? 3 : 7),
        length,
        quick ? 1 : 2,
        quick ? Duration.ofSeconds(1) : Duration.ofSeconds(2));
  }

  /** A single round, to see that it works and about how fast. */
  Plan once() {
    return new Plan(callers, 1, length, 1, search);
  }
}
