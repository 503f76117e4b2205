package dev.seonchak.lab.ways;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The line of one pool: a lock of the JVM around a counter, the people in it and a heap of the
 * numbers that were given back, the lowest of which is given next.
 */
final class HeapLine {
  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Long> givenBack = new PriorityQueue<>();
  private final Map<UUID, Integer> people = new HashMap<>();
  private final PoolRow before;
  private long taken;
  private long next;

  HeapLine(PoolRow before) {
    this.before = before;
    taken = before.taken();
    next = before.nextSequence();
  }

  Answer take(Hold hold) {
    int wanted = hold.line().quantity();
    lock.lock();
    try {
      int units = people.getOrDefault(hold.claimant(), 0) + wanted;
      if (units > before.limit()) {
        return new Answer.Refused("limit-reached");
      }
      if (taken + wanted > before.capacity()) {
        return new Answer.Refused("sold-out");
      }
      people.put(hold.claimant(), units);
      taken += wanted;
      Long again = givenBack.poll();
      return new Answer.Held(hold.order(), List.of(again == null ? next++ : again));
    } finally {
      lock.unlock();
    }
  }

  void giveBack(Hold hold, long number) {
    int units = hold.line().quantity();
    lock.lock();
    try {
      people.merge(hold.claimant(), -units, Integer::sum);
      taken -= units;
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
