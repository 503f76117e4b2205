package dev.seonchak.lab.load;

import java.util.Arrays;

/**
 * Durations in nanoseconds, each one kept, so that percentiles are exact and rounds can be put
 * together. Not thread-safe: a caller has one of its own.
 */
public final class Latencies {
  private long[] nanos = new long[256];
  private int count;
  private boolean sorted;

  public void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = duration;
    sorted = false;
  }

  public void addAll(Latencies others) {
    if (count + others.count > nanos.length) {
      nanos = Arrays.copyOf(nanos, Math.max(count + others.count, nanos.length * 2));
    }
    System.arraycopy(others.nanos, 0, nanos, count, others.count);
    count += others.count;
    sorted = false;
  }

  public int count() {
    return count;
  }

  /**
   * The least duration within which this share of all ended, in milliseconds; 0 when there is none.
   *
   * @param percent above 0, up to 100
   */
  public double percentileMillis(double percent) {
    if (count == 0) {
      return 0;
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
    int rank = (int) Math.ceil(percent / 100 * count);
    return nanos[Math.max(rank, 1) - 1] / 1e6;
  }
}
