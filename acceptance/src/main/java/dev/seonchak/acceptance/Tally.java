package dev.seonchak.acceptance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What became of the demo's buyers, counted from their own answers. Thread-safe. */
final class Tally {
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> holdNanos = new ConcurrentLinkedQueue<>();

  void count(String what) {
    counts.computeIfAbsent(what, ignored -> new AtomicInteger()).incrementAndGet();
  }

  int of(String what) {
    AtomicInteger count = counts.get(what);
    return count == null ? 0 : count.get();
  }

  void holdTook(long nanos) {
    holdNanos.add(nanos);
  }

  /** The time within which this share of all tries to hold was answered, in milliseconds. */
  double holdMillis(double share) {
    long[] sorted = holdNanos.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(rank, 0, sorted.length - 1)] / 1e6;
  }
}
