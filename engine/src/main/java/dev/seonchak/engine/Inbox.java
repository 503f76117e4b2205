package dev.seonchak.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue that many threads put into and one takes from, everything at once.
 *
 * <p>The one who takes swaps the list for an empty one, so the lock is held for the time of an
 * append however much has arrived. A queue of the JDK would be drained element by element, and it
 * could not be closed: an element put in after the last look would never be answered.
 */
final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final int max;
  private List<Pending> arrived = new ArrayList<>();
  private boolean awaited;
  private boolean closed;

  Inbox(int max) {
    this.max = max;
  }

  /** False when it is full or closed; it then has not kept the request. */
  boolean offer(Pending pending) {
    return offerAll(List.of(pending));
  }

  /** As {@link #offer} for all of them; keeps none when there is no room for all. */
  boolean offerAll(List<Pending> all) {
    lock.lock();
    try {
      if (closed || arrived.size() + all.size() > max) {
        return false;
      }
      arrived.addAll(all);
      if (awaited) {
        arrival.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something and takes it, oldest first.
   *
   * @param most how many at most
   * @return a new list; empty only when the inbox is closed and nothing is left
   */
  List<Pending> take(int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (arrived.isEmpty() && !closed) {
        awaited = true;
        arrival.await();
      }
      awaited = false;
      return remove(most);
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #take}, but does not wait; empty when there is nothing. */
  List<Pending> poll(int most) {
    lock.lock();
    try {
      return remove(most);
    } finally {
      lock.unlock();
    }
  }

  private List<Pending> remove(int most) {
    List<Pending> taken = arrived;
    if (taken.size() <= most) {
      arrived = new ArrayList<>(taken.size());
    } else {
      arrived = new ArrayList<>(taken.subList(most, taken.size()));
      taken.subList(most, taken.size()).clear();
    }
    return taken;
  }

  /** Those who are inside now; they stay there. */
  List<Pending> waiting() {
    lock.lock();
    try {
      return List.copyOf(arrived);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return arrived.size();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses whatever comes from now on; what is inside can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
