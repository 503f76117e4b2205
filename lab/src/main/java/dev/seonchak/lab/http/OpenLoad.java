package dev.seonchak.lab.http;

import dev.seonchak.lab.load.Spans;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets people arrive at a fixed rate, whether or not those before have been served, as a crowd
 * does. How long each one waits counts from the moment at which it was to arrive: what the server
 * or the load itself delays is not forgotten.
 */
final class OpenLoad {
  private final Spans served = new Spans();
  private long failures;
  private @Nullable Exception first;

  /** What one of them does. */
  interface Errand {
    /**
     * @param number counted from 0
     */
    void run(int number) throws Exception;
  }

  /** Returns once the last one has been served or has failed. */
  void run(int perSecond, int count, Errand errand) {
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        int number = i;
        long arrival = i * 1_000_000_000L / perSecond;
        for (long left = arrival; left > 0; left = began + arrival - System.nanoTime()) {
          LockSupport.parkNanos(began + arrival - System.nanoTime());
        }
        people.execute(() -> serve(errand, number, arrival, began));
      }
    }
  }

  private void serve(Errand errand, int number, long arrival, long began) {
    try {
      errand.run(number);
      served(arrival, System.nanoTime() - began);
    } catch (Exception e) {
      failed(e);
    }
  }

  private synchronized void served(long arrival, long end) {
    served.add(arrival, end);
  }

  private synchronized void failed(Exception e) {
    failures++;
    first = first == null ? e : first;
  }

  Spans served() {
    return served;
  }

  long failures() {
    return failures;
  }

  @Nullable Exception first() {
    return first;
  }
}
