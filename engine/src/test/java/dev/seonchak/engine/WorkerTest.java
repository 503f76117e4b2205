package dev.seonchak.engine;

import static dev.seonchak.engine.Takes.take;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTest {
  private static final Outcome NOBODY_KNOWS = new Outcome.Unanswered();

  @Test
  void letsNobodyWaitForAThreadThatEndedByADefect() throws Exception {
    var begun = new CountDownLatch(1);
    var next = new CountDownLatch(1);
    var worker =
        new Worker(
            "defect",
            10,
            1,
            crowd -> {
              begun.countDown();
              next.await();
              throw new IllegalStateException("a defect");
            });
    Pending inHand = pending(Long.MAX_VALUE / 2);
    Pending behind = pending(Long.MAX_VALUE / 2);
    worker.offer(inHand);
    worker.offer(behind);
    worker.start();
    begun.await();
    next.countDown();
    assertThat(inHand.get(30, TimeUnit.SECONDS)).isEqualTo(NOBODY_KNOWS);
    assertThat(behind.get(30, TimeUnit.SECONDS)).isEqualTo(NOBODY_KNOWS);
    assertThat(worker.offer(pending(Long.MAX_VALUE / 2))).isFalse();
    worker.close(Duration.ofSeconds(1));
  }

  @Test
  void goesOnLookingForTheLateAfterADefect() throws Exception {
    var failed = new AtomicBoolean();
    Ticker ticker =
        new Ticker() {
          @Override
          public long nanos() {
            if (Thread.currentThread().getName().equals("seonchak-deadlines")
                && failed.compareAndSet(false, true)) {
              throw new IllegalStateException("a defect");
            }
            return 1_000;
          }

          @Override
          public void pause(long nanos) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(1);
          }
        };
    var worker = new Worker("idle", 10, 10, crowd -> {});
    Pending late = pending(999);
    Pending early = pending(1_001);
    worker.offer(late);
    worker.offer(early);
    var deadlines = new Deadlines(List.of(worker), ticker);
    deadlines.start();
    try {
      assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo(NOBODY_KNOWS);
      assertThat(failed).isTrue();
      assertThat(early.isDone()).isFalse();
    } finally {
      deadlines.stop();
    }
  }

  private static Pending pending(long deadlineNanos) {
    return new Pending(take("ann", "A"), deadlineNanos);
  }
}
