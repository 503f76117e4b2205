package dev.seonchak.lab.ways;

import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line kept in memory: a lock of the JVM around a counter and a heap of the numbers that were
 * given back, the lowest of which is given next.
 */
final class HeapNumbers implements Numbers {
  private final Map<UUID, Line> lines = new ConcurrentHashMap<>();

  @Override
  public void begin(PoolRow pool) {
    lines.put(pool.id(), new Line(pool));
  }

  @Override
  public OptionalLong take(Hold.Line line) {
    return line(line.pool()).take(line.quantity());
  }

  @Override
  public void giveBack(Hold.Line line, long number) {
    line(line.pool()).giveBack(line.quantity(), number);
  }

  @Override
  public long taken(PoolRow pool) {
    return line(pool.id()).taken();
  }

  private Line line(UUID pool) {
    Line line = lines.get(pool);
    if (line == null) {
      throw new IllegalStateException("begin comes first");
    }
    return line;
  }

  /** Of one pool; all of it is read and written under its lock. */
  private static final class Line {
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Long> givenBack = new PriorityQueue<>();
    private final long capacity;
    private long taken;
    private long next;

    Line(PoolRow pool) {
      capacity = pool.capacity();
      taken = pool.taken();
      next = pool.nextSequence();
    }

    OptionalLong take(int quantity) {
      lock.lock();
      try {
        if (taken + quantity > capacity) {
          return OptionalLong.empty();
        }
        taken += quantity;
        Long again = givenBack.poll();
        return OptionalLong.of(again == null ? next++ : again);
      } finally {
        lock.unlock();
      }
    }

    void giveBack(int quantity, long number) {
      lock.lock();
      try {
        taken -= quantity;
        givenBack.add(number);
      } finally {
        lock.unlock();
      }
    }

    long taken() {
      lock.lock();
      try {
        return taken;
      } finally {
        lock.unlock();
      }
    }
  }
}
