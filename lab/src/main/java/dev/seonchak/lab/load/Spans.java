package dev.seonchak.lab.load;

import java.util.Arrays;
import java.util.List;

/**
 * From when to when calls waited, in nanoseconds since the beginning of their round. Not
 * thread-safe: a caller has one of its own.
 */
public final class Spans {
  private long[] ends = new long[64];
  private int size;

  public static Spans of(List<Acknowledged> all) {
    Spans spans = new Spans();
    all.forEach(one -> spans.add(one.asked(), one.answered()));
    return spans;
  }

  public void add(long asked, long answered) {
    grow(size + 1);
    ends[2 * size] = asked;
    ends[2 * size + 1] = answered;
    size++;
  }

  public void addAll(Spans others) {
    grow(size + others.size);
    System.arraycopy(others.ends, 0, ends, 2 * size, 2 * others.size);
    size += others.size;
  }

  private void grow(int wanted) {
    if (2 * wanted > ends.length) {
      ends = Arrays.copyOf(ends, Math.max(2 * wanted, 2 * ends.length));
    }
  }

  public int size() {
    return size;
  }

  public long asked(int i) {
    return ends[2 * i];
  }

  public long answered(int i) {
    return ends[2 * i + 1];
  }

  public Latencies latencies() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < size; i++) {
      latencies.add(answered(i) - asked(i));
    }
    return latencies;
  }
}
