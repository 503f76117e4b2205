package dev.seonchak.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.edge.Limits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private static final Limits LIMITS = new Limits(0, 0, 0, 0, 0, 0, 2, 4, Duration.ofMillis(500));

  /** Those who were let in and have not left yet; they leave when they are run. */
  private final Deque<Runnable> inside = new ArrayDeque<>();

  private final Deque<Runnable> looks = new ArrayDeque<>();
  private final AtomicLong clock = new AtomicLong();
  private final List<Integer> served = new ArrayList<>();
  private final Turnstile turnstile = new Turnstile(inside::add, looks::add, LIMITS, clock::get);

  @Test
  void letsInNoMoreThanThereIsRoomForAndTheOthersInTheirOrder() {
    come(5);
    assertThat(inside).hasSize(2);

    leave();
    assertThat(inside).as("one left, one came in").hasSize(2);
    while (!inside.isEmpty()) {
      leave();
    }
    assertThat(served).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void letsInBesideThoseWhoAreStuckWhoeverHasWaitedLongEnoughButNotEverybody() {
    come(9);
    clock.addAndGet(Duration.ofMillis(499).toNanos());
    look();
    assertThat(inside).as("before patience is over").hasSize(2);

    clock.addAndGet(Duration.ofMillis(1).toNanos());
    look();
    assertThat(inside).as("after it").hasSize(4);

    look();
    assertThat(inside).as("later still").hasSize(4);
  }

  @Test
  void looksAgainAsLongAsSomebodyStandsOutside() {
    come(3);
    assertThat(looks).hasSize(1);
    look();
    assertThat(looks).as("one still stands outside").hasSize(1);
    leave();
    look();
    assertThat(looks).as("nobody does").isEmpty();
  }

  @Test
  void hasRoomAgainAfterOneThatFailed() {
    turnstile.execute(() -> {
      throw new IllegalStateException("as a request may");
    });
    come(2);
    assertThat(inside).hasSize(2);
    try {
      inside.removeFirst().run();
    } catch (IllegalStateException expected) {
      served.add(-1);
    }
    leave();
    leave();
    assertThat(served).containsExactly(-1, 0, 1);
  }

  @Test
  void neverHasMoreInsideThanAllowedAndServesEverybodyWhenManyThreadsCome() throws Exception {
    int requests = 2_000;
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new CountDownLatch(requests);
    Executor threads = Thread::startVirtualThread;
    var busy = new Turnstile(threads, task -> {}, LIMITS, clock::get);
    for (int i = 0; i < requests; i++) {
      threads.execute(() ->
          busy.execute(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            LockSupport.parkNanos(20_000);
            now.decrementAndGet();
            done.countDown();
          }));
    }
    done.await();
    assertThat(most.get()).isBetween(1, 2);
  }

  private void come(int requests) {
    for (int i = 0; i < requests; i++) {
      int number = i;
      turnstile.execute(() -> served.add(number));
    }
  }

  private void leave() {
    inside.removeFirst().run();
  }

  private void look() {
    looks.removeFirst().run();
  }
}
