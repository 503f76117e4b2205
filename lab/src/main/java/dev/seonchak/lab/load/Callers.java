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
 * for the answer and asks for the next thing, until the time is over or all turns are taken. Nobody
 * leaves without the answer to the last question, so that at the end what was acknowledged is what
 * must be in the rows.
 */
public final class Callers {
  private final int count;

  public Callers(int count) {
    this.count = count;
  }

  public Round call(Way way, Workload workload, Duration length) throws InterruptedException {
    boolean counted = workload.turns() != Workload.UNTIL_THE_END;
    Gate gate =
        new Gate(
            counted ? workload.turns() : Integer.MAX_VALUE,
            counted ? Long.MAX_VALUE : length.toNanos());
    List<Caller> callers = new ArrayList<>(count);
    List<Thread> threads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Caller caller = new Caller(way, workload, gate);
      callers.add(caller);
      threads.add(Thread.ofVirtual().start(caller));
    }
    gate.began = System.nanoTime();
    gate.opened.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return sum(gate.began, callers, counted ? System.nanoTime() - gate.began : length.toNanos());
  }

  private static Round sum(long began, List<Caller> callers, long nanos) {
    Spans refusals = new Spans();
    List<Acknowledged> acknowledged = new ArrayList<>();
    long inTime = 0;
    long failures = 0;
    Throwable first = null;
    for (Caller caller : callers) {
      refusals.addAll(caller.refusals);
      acknowledged.addAll(caller.acknowledged);
      inTime += caller.inTime;
      failures += caller.failures;
      first = first == null ? caller.firstFailure : first;
    }
    return new Round(
        began,
        inTime * 1e9 / nanos,
        acknowledged,
        Spans.of(acknowledged),
        refusals,
        failures,
        first);
  }

  /** All begin at the same time, which is set before the opening. */
  private static final class Gate {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final int turns;
    private final long length;
    private volatile long began;

    Gate(int turns, long length) {
      this.turns = turns;
      this.length = length;
    }
  }

  /** One buyer; its fields are read after its thread has ended. */
  private static final class Caller implements Runnable {
    private final Way way;
    private final Workload workload;
    private final Gate gate;
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final Spans refusals = new Spans();
    private long inTime;
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
      long began = gate.began;
      for (int i = 0; i < gate.turns && System.nanoTime() - began < gate.length; i++) {
        call(began);
      }
    }

    private void call(long began) {
      Hold hold = workload.next();
      long asked = System.nanoTime() - began;
      try {
        Answer answer = way.hold(hold);
        long answered = System.nanoTime() - began;
        switch (answer) {
          case Answer.Held held -> acknowledged.add(new Acknowledged(hold, held, asked, answered));
          case Answer.Refused r -> refusals.add(asked, answered);
        }
        inTime += answered <= gate.length ? 1 : 0;
      } catch (Exception e) {
        failures++;
        firstFailure = firstFailure == null ? e : firstFailure;
      }
    }
  }
}
