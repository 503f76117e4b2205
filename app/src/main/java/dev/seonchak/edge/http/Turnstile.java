package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
final class Turnstile {
  private final Executor inside;
  private final Executor later;
  private final Limits.Door limits;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition nobodyHere = lock.newCondition();
  private final Deque<Waiting> outside = new ArrayDeque<>();
  private final Deque<Waiting> returning = new ArrayDeque<>();
  private int present;
  private int entered;
  private boolean watched;
  private volatile boolean closing;

  private record Waiting(Runnable enter, long sinceNanos) {}

  /**
   * @param inside runs each of those that were let in on a thread of its own
   * @param later runs what it is given once the limits' patience is over
   * @param nanos as {@link System#nanoTime}
   */
  Turnstile(Executor inside, Executor later, Limits.Door limits, LongSupplier nanos) {
    this.inside = inside;
    this.later = later;
    this.limits = limits;
    this.nanos = nanos;
  }

  /** Runs the request once it is its turn. */
  void enter(Runnable request) {
    after(() -> {
      present++;
      outside.addLast(waiting(() -> inside.execute(() -> serve(request))));
    });
  }

  private Waiting waiting(Runnable enter) {
    return new Waiting(enter, nanos.getAsLong());
  }

  /**
   * The next one gets a thread of its own, which begins behind those that are about to answer: an
   * answer that is ready goes before work that has not begun.
   */
  private void serve(Runnable request) {
    try {
      request.run();
    } finally {
      after(() -> {
        entered--;
        present--;
      });
    }
  }

  /**
   * For a request that is inside and waits for its own client: somebody else has its place
   * meanwhile, and then it stands in the line again. Nobody who stops waits for it while it is out.
   */
  <T> T stepOut(Supplier<T> wait) {
    after(() -> {
      entered--;
      present--;
    });
    try {
      return wait.get();
    } finally {
      var again = new CompletableFuture<Void>();
      after(() -> {
        present++;
        returning.addLast(waiting(() -> again.complete(null)));
      });
      again.join();
    }
  }

  /** As it is at first. */
  void open() {
    closing = false;
  }

  /** From now on whoever comes in is too late and told so, and everybody is let in for that. */
  void close() {
    after(() -> closing = true);
  }

  boolean isClosing() {
    return closing;
  }

  /** Requests that wait to be let in. */
  int waiting() {
    return locked(() -> outside.size() + returning.size());
  }

  /** Requests that are worked on. */
  int working() {
    return locked(() -> entered);
  }

  private int locked(IntSupplier count) {
    lock.lock();
    try {
      return count.getAsInt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nobody is inside or outside any more.
   *
   * @return how many were when the time was over
   */
  int awaitNobody(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (present > 0 && left > 0) {
        left = nobodyHere.awaitNanos(left);
      }
      return present;
    } finally {
      lock.unlock();
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
      for (var queue = first(now); queue != null; queue = first(now)) {
        next.add(queue.removeFirst().enter());
        entered++;
      }
      if (present == 0) {
        nobodyHere.signalAll();
      }
      watch = !watched && !(outside.isEmpty() && returning.isEmpty());
      watched |= watch;
    } finally {
      lock.unlock();
    }
    next.forEach(Runnable::run);
    if (watch) {
      later.execute(() -> after(() -> watched = false));
    }
  }

  /**
   * The queue whose first has waited longest and may enter, or null. For who comes back there are
   * more places than for who is new: the server may let in somebody new to close a connection, and
   * he waits inside until the request that stands out here has left.
   */
  private @Nullable Deque<Waiting> first(long now) {
    Waiting fresh = outside.peekFirst();
    Waiting back = returning.peekFirst();
    boolean mayFresh = fresh != null && mayEnter(fresh, now, limits.requestsAtOnceMax());
    boolean mayBack = back != null && mayEnter(back, now, most());
    if (mayFresh && mayBack) {
      return back.sinceNanos() - fresh.sinceNanos() < 0 ? returning : outside;
    }
    return mayBack ? returning : mayFresh ? outside : null;
  }

  private boolean mayEnter(Waiting first, long now, int patientMax) {
    if (closing) {
      // As many as ever may be stuck inside, and others beside them who are told at once.
      return entered < most();
    }
    return entered < limits.requestsAtOnce()
        || (entered < patientMax && now - first.sinceNanos() >= limits.patience().toNanos());
  }

  private int most() {
    return limits.requestsAtOnceMax() + limits.requestsAtOnce();
  }
}
