package dev.seonchak.edge.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets at most one line of a kind into the log per second, since whatever floods the platform must
 * not flood its disk as well. Thread-safe.
 */
final class Thinned {
  private static final long APART = Duration.ofSeconds(1).toNanos();

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /**
   * @param nanos a clock like {@link System#nanoTime()}
   */
  Thinned(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * One more of a kind, of which there must not be many.
   *
   * @return how many a line now stands for, those since the last line included; 0 for no line
   */
  long oneMore(String kind) {
    return kinds.computeIfAbsent(kind, _ -> new Kind()).oneMore(nanos.getAsLong());
  }

  private static final class Kind {
    private long count;
    private long last;
    private boolean told;

    synchronized long oneMore(long now) {
      count++;
      if (told && now - last < APART) {
        return 0;
      }
      long all = count;
      count = 0;
      last = now;
      told = true;
      return all;
    }
  }
}
