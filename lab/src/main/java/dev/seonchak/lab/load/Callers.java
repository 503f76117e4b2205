package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Answer;
import dev.seonchak.lab.ways.Hold;
import dev.seonchak.lab.ways.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * So many buyers at once, a virtual thread each, as the platform serves them: everyone asks, waits
 * for the answer and asks for the next thing, until the time is over. Nobody leaves without the
 * answer to the last question, so that at the end what was acknowledged is what must be in the
 * rows.
 */
public final class Callers {
  private final int count;

  public Callers(int count) {
    this.count = count;
  }

  public Round call(Way way, Workload workload, Duration length) throws InterruptedException {
    Gate gate = new Gate();
    List<Caller> callers = new ArrayList<>(count);
    List<Thread> threads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Caller caller = new Caller(way, workload, gate);
      callers.add(caller);
      threads.add(Thread.ofVirtual().start(caller));
    }
    gate.end = System.nanoTime() + length.toNanos();
    gate.opened.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return sum(callers, length);
  }

  private static Round sum(List<Caller> callers, Duration length) {
    Latencies latencies = new Latencies();
    List<Acknowledged> acknowledged = new ArrayList<>();
    long inTime = 0;
    long refused = 0;
    long failures = 0;
    Throwable first = null;
    for (Caller caller : callers) {
      latencies.addAll(caller.latencies);
      acknowledged.addAll(caller.acknowledged);
      inTime += caller.inTime;
      refused += caller.refused;
      failures += caller.failures;
      first = first == null ? caller.firstFailure : first;
    }
    double perSecond = inTime * 1e9 / length.toNanos();
    return new Round(perSecond, latencies, acknowledged, refused, failures, first);
  }

  /** All begin and end at the same time; the end is set before the opening. */
  private static final class Gate {
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile long end;
  }

  /** One buyer; its fields are read after its thread has ended. */
  private static final class Caller implements Runnable {
    private final Way way;
    private final Workload workload;
    private final Gate gate;
    private final Latencies latencies = new Latencies();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private long inTime;
    private long refused;
    private long failures;
    private @Nullable Throwable firstFailure;

    Caller(Way way, Workload workload, Gate gate) {
      this.way = way;
      this.workload = workload;
      this.gate = gate;
    }

    @Override
    public void run() {
      try {
        gate.opened.await();
      } catch (InterruptedException e) {
        return;
      }
      long end = gate.end;
      while (System.nanoTime() - end < 0) {
        call(end);
      }
    }

    private void call(long end) {
      Hold hold = workload.next();
      long from = System.nanoTime();
      try {
        Answer answer = way.hold(hold);
        long to = System.nanoTime();
        switch (answer) {
          case Answer.Held held -> {
            latencies.add(to - from);
            acknowledged.add(new Acknowledged(hold, held));
            inTime += to - end <= 0 ? 1 : 0;
          }
          case Answer.Refused r -> refused++;
        }
      } catch (Exception e) {
        failures++;
        firstFailure = firstFailure == null ? e : firstFailure;
      }
    }
  }
}
