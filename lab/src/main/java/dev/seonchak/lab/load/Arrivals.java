package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Hold;
import dev.seonchak.lab.ways.Purchase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Buyers who come at a steady rate, whether or not those before them were served: a virtual thread
 * each, and its wait counts from when it should have come, so that a queue that grows is seen.
 */
public final class Arrivals {
  private final int perSecond;

  public Arrivals(int perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * What came of them once all had their answer.
   *
   * @param paid from when to when those waited who were told that it is paid
   * @param told their holds
   * @param refused so many were told no
   * @param failures so many ended with an exception
   * @param lastAnswer nanoseconds from the first arrival
   */
  public record Outcome(
      Spans paid,
      List<Hold> told,
      long refused,
      long failures,
      @Nullable Throwable firstFailure,
      long lastAnswer) {}

  public Outcome buy(Purchase way, Workload workload, Duration length) throws InterruptedException {
    int count = Math.toIntExact(perSecond * length.toMillis() / 1000);
    List<Buyer> buyers = new ArrayList<>(count);
    List<Thread> threads = new ArrayList<>(count);
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = began + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Buyer buyer = new Buyer(way, workload.next(), due);
      buyers.add(buyer);
      threads.add(Thread.ofVirtual().start(buyer));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return sum(buyers, began);
  }

  private static Outcome sum(List<Buyer> buyers, long began) {
    Spans paid = new Spans();
    List<Hold> told = new ArrayList<>();
    long refused = 0;
    long failures = 0;
    long last = 0;
    Throwable first = null;
    for (Buyer buyer : buyers) {
      last = Math.max(last, buyer.answered - began);
      if (buyer.failure != null) {
        failures++;
        first = first == null ? buyer.failure : first;
      } else if (buyer.paid) {
        paid.add(buyer.due - began, buyer.answered - began);
        told.add(buyer.hold);
      } else {
        refused++;
      }
    }
    return new Outcome(paid, told, refused, failures, first, last);
  }

  /** One buyer; its fields are read after its thread has ended. */
  private static final class Buyer implements Runnable {
    private final Purchase way;
    private final Hold hold;
    private final long due;
    private boolean paid;
    private long answered;
    private @Nullable Throwable failure;

    Buyer(Purchase way, Hold hold, long due) {
      this.way = way;
      this.hold = hold;
      this.due = due;
    }

    @Override
    public void run() {
      try {
        paid = way.buy(hold);
      } catch (Exception e) {
        failure = e;
      }
      answered = System.nanoTime();
    }
  }
}
