package dev.seonchak.identity.postgres;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A read that many ask for at once. Each is served by one that began after it asked, so it sees all
 * that was committed before; those who ask meanwhile share the next. Thread-safe.
 */
final class SharedRead {
  private final Runnable read;
  private final Duration apart;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Last last;

  /** How a read ended that began at that time of the nanosecond clock. */
  private record Last(long began, @Nullable RuntimeException failure) {}

  /**
   * @param read runs on the thread of whoever waits, one at a time
   * @param apart at least this long from one beginning to the next, however many ask
   * @param nanos a clock like {@link System#nanoTime()}
   */
  SharedRead(Runnable read, Duration apart, LongSupplier nanos) {
    this.read = read;
    this.apart = apart;
    this.nanos = nanos;
  }

  /**
   * Returns after a read that began after this call; whoever shares it gets its failure, too, lest
   * one after the other wait for a database that is away.
   */
  void await() {
    long asked = nanos.getAsLong();
    lock.lock();
    try {
      Last before = last;
      if (before == null || before.began() - asked <= 0) {
        pause(before);
        run();
      } else if (before.failure() != null) {
        throw before.failure();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Reads without a pause, for the few who do so on their own account. */
  void now() {
    lock.lock();
    try {
      run();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    long began = nanos.getAsLong();
    try {
      read.run();
      last = new Last(began, null);
    } catch (RuntimeException e) {
      last = new Last(began, e);
      throw e;
    }
  }

  private void pause(@Nullable Last before) {
    if (before == null) {
      return;
    }
    long due = before.began() + apart.toNanos();
    for (long left = due - nanos.getAsLong(); left > 0; left = due - nanos.getAsLong()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      LockSupport.parkNanos(left);
    }
  }
}
