package dev.seonchak.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Requests and pools that a test needs, all in one group. */
final class Takes {
  private static final AtomicLong HOLDERS = new AtomicLong();

  private Takes() {}

  static Pool pool(String name, long capacity) {
    return pool(name, capacity, Instant.EPOCH, Pool.NO_LIMIT);
  }

  static Pool pool(String name, long capacity, Instant opens, int limit) {
    return new Pool(
        Names.pool(name), Names.group("G"), capacity, 0, 1, new Window(opens, null), limit);
  }

  /** One unit of each pool, with a key of its own. */
  static Request.Take take(String claimant, String... pools) {
    return take(claimant, "k" + HOLDERS.incrementAndGet(), pools);
  }

  static Request.Take take(String claimant, String key, String[] pools) {
    List<Line> lines = Arrays.stream(pools).map(name -> new Line(Names.pool(name), 1)).toList();
    return take(claimant, key, lines);
  }

  static Request.Take take(String claimant, String key, List<Line> lines) {
    return new Request.Take(
        Names.claimant(claimant),
        Names.key(key),
        lines.hashCode(),
        Names.group("G"),
        lines,
        Duration.ofMinutes(5),
        new Order(Names.holder("h" + HOLDERS.incrementAndGet())));
  }

  /** The same attempt, sent once more. */
  static Request.Take again(Request.Take take) {
    return take(
        take.claimant(), take.key(), take.lines(), Names.holder("h" + HOLDERS.incrementAndGet()));
  }

  private static Request.Take take(
      ClaimantId claimant, Key key, List<Line> lines, HolderId holder) {
    return new Request.Take(
        claimant,
        key,
        lines.hashCode(),
        Names.group("G"),
        lines,
        Duration.ofMinutes(5),
        new Order(holder));
  }

  static Request.Release cancel(Request.Take take) {
    return new Request.Release(
        take.holder().id(), take.group(), Set.copyOf(take.pools()), Cause.CANCELLED);
  }
}
