package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets only so many requests in at once; the others wait in the order in which they came.
 *
 * <p>A hold waits for its batch, so without a bound a crowd is inside all together, and its buffers
 * and stacks fill the heap until the collector stops everybody again and again. A batch needs a few
 * hundred, and a request that waits outside has not been read yet.
 *
 * <p>When those inside wait for something else (a database that does not answer), whoever has stood
 * outside for as long as the limits' patience goes in beside them, so that what needs nothing is
 * still served. Safe for any thread.
 */
final class Turnstile implements Executor {
  private final Executor inside;
  private final Executor later;
  private final Limits limits;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> outside = new ArrayDeque<>();
  private int entered;
  private boolean watched;

  private record Waiting(Runnable request, long sinceNanos) {}

  /**
   * @param inside runs each of those that were let in on a thread of its own
   * @param later runs what it is given once the limits' patience is over
   * @param nanos as {@link System#nanoTime}
   */
  Turnstile(Executor inside, Executor later, Limits limits, LongSupplier nanos) {
    this.inside = inside;
    this.later = later;
    this.limits = limits;
    this.nanos = nanos;
  }

  @Override
  public void execute(Runnable request) {
    after(() -> outside.addLast(new Waiting(request, nanos.getAsLong())));
  }

  /**
   * The next one gets a thread of its own, which begins behind those that are about to answer: an
   * answer that is ready goes before work that has not begun.
   */
  private void serve(Runnable request) {
    try {
      request.run();
    } finally {
      after(() -> entered--);
    }
  }

  /**
   * Changes something, then lets in all for whom there is room and those who have waited too long,
   * and sees to it that whoever is left outside is looked at again.
   */
  private void after(Runnable change) {
    List<Runnable> next = new ArrayList<>(1);
    boolean watch;
    lock.lock();
    try {
      change.run();
      long now = nanos.getAsLong();
      while (!outside.isEmpty() && mayEnter(outside.getFirst(), now)) {
        next.add(outside.removeFirst().request());
        entered++;
      }
      watch = !watched && !outside.isEmpty();
      watched |= watch;
    } finally {
      lock.unlock();
    }
    next.forEach(request -> inside.execute(() -> serve(request)));
    if (watch) {
      later.execute(() -> after(() -> watched = false));
    }
  }

  private boolean mayEnter(Waiting first, long now) {
    return entered < limits.requestsAtOnce()
        || (entered < limits.requestsAtOnceMax()
            && now - first.sinceNanos() >= limits.patience().toNanos());
  }
}
