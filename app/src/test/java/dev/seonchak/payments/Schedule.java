package dev.seonchak.payments;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Actors in virtual time, of which one at a time goes on. Who does is chosen by chance, and by
 * nothing else than the seed, whenever one of them takes a step; so every interleaving of their
 * steps is possible, and any of them can be repeated.
 */
final class Schedule {
  /** An actor ended in the middle of what it did, as in a crash; nothing of it may be caught. */
  static final class Halted extends Error {
    Halted() {
      super("halted", null, false, false);
    }
  }

  private static final int STEPS_MAX = 100_000;

  final Random random;
  private final List<Actor> actors = new ArrayList<>();
  private final Semaphore end = new Semaphore(0);
  private @Nullable Actor current;
  private @Nullable Throwable failure;
  private long millis;
  int steps;
  private long trace;

  /** Somebody who does one thing after the other on a thread of its own. */
  final class Actor {
    private final String name;
    private final Semaphore turn = new Semaphore(0);
    private @Nullable BooleanSupplier until;
    private long wakesAt;
    private boolean halted;
    private boolean over;

    private Actor(String name) {
      this.name = name;
    }

    boolean isOver() {
      return over;
    }

    /** Ends it at its next step. */
    void halt() {
      halted = true;
    }

    private boolean isReady() {
      return wakesAt <= millis && (until == null || until.getAsBoolean());
    }

    private void live(Runnable life) {
      turn.acquireUninterruptibly();
      try {
        life.run();
      } catch (Halted e) {
        trace("halted");
      } catch (Throwable e) {
        fail(e);
      }
      over = true;
      handOver();
    }
  }

  Schedule(long seed) {
    random = new Random(seed);
  }

  /** Adds an actor that begins at a time, in milliseconds. */
  Actor at(long begins, String name, Runnable life) {
    var actor = new Actor(name);
    actor.wakesAt = begins;
    actors.add(actor);
    Thread.ofVirtual().name(name).start(() -> actor.live(life));
    return actor;
  }

  /** Lets all of them live to their end; throws what went wrong first. */
  void run() {
    handOver();
    end.acquireUninterruptibly();
    if (failure != null) {
      throw new AssertionError("after %d steps at %d ms".formatted(steps, millis), failure);
    }
  }

  long millis() {
    return millis;
  }

  /** Two schedules with the same trace took the same steps. */
  long traced() {
    return trace;
  }

  void trace(String what) {
    trace = 31 * (31 * trace + what.hashCode()) + millis;
  }

  /** A moment in which everybody else may go on. */
  void step() {
    if (random.nextInt(3) == 0) {
      millis += random.nextInt(4);
    }
    pause();
  }

  void sleepUntil(long wakesAt) {
    actor().wakesAt = wakesAt;
    pause();
  }

  /** Waits for others to bring something about. */
  void await(BooleanSupplier until) {
    while (!until.getAsBoolean()) {
      actor().until = until;
      pause();
    }
  }

  private void pause() {
    var actor = actor();
    if (++steps > STEPS_MAX) {
      fail(new AssertionError("it never ends"));
    }
    handOver();
    actor.turn.acquireUninterruptibly();
    actor.until = null;
    if (actor.halted || failure != null) {
      throw new Halted();
    }
  }

  private Actor actor() {
    if (current == null) {
      throw new IllegalStateException("nobody is acting");
    }
    return current;
  }

  private void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  /** Chooses who goes on, who may be the one who asks. */
  private void handOver() {
    var next = next();
    current = next;
    (next == null ? end : next.turn).release();
  }

  private @Nullable Actor next() {
    var left = actors.stream().filter(actor -> !actor.over).toList();
    if (left.isEmpty()) {
      return null;
    }
    if (failure != null) {
      return left.getFirst();
    }
    for (; ; ) {
      var ready = left.stream().filter(Actor::isReady).toList();
      if (!ready.isEmpty()) {
        var chosen = ready.get(random.nextInt(ready.size()));
        trace(chosen.name);
        return chosen;
      }
      var wakes = left.stream().mapToLong(actor -> actor.wakesAt).filter(at -> at > millis).min();
      if (wakes.isEmpty()) {
        fail(
            new AssertionError(
                "all wait for each other: " + left.stream().map(a -> a.name).toList()));
        return left.getFirst();
      }
      millis = wakes.getAsLong();
    }
  }
}
