package dev.seonchak.engine;

import java.util.random.RandomGenerator;

/**
 * How likely each fault is at present.
 *
 * @param unavailable the transaction is not begun
 * @param conflict it is rolled back as a deadlock's victim
 * @param lostBefore the connection breaks, nothing was committed
 * @param lostAfter the connection breaks, everything was committed
 * @param defect the journal throws what it must not, before or after the commit
 * @param race a key that another node is just inserting is not seen
 */
record Weather(
    double unavailable,
    double conflict,
    double lostBefore,
    double lostAfter,
    double defect,
    double race) {
  static final Weather FAIR = new Weather(0, 0, 0, 0, 0, 0);

  static Weather any(RandomGenerator random) {
    double storm = random.nextInt(3) == 0 ? 0.5 : 0.1;
    return random.nextInt(3) == 0
        ? FAIR
        : new Weather(
            random.nextDouble() * storm,
            random.nextDouble() * storm,
            random.nextDouble() * storm,
            random.nextDouble() * storm,
            random.nextDouble() * storm / 3,
            random.nextDouble() * storm);
  }
}
