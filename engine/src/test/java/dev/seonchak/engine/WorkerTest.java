package dev.seonchak.engine;

import static dev.seonchak.engine.Takes.take;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private static final Outcome NOBODY_KNOWS = new Outcome.Unanswered();

  @Test
  void goesOnAfterADefect() throws Exception {
    Pending inHand = pending("ann");
    var worker =
        worker(crowd -> {
          if (crowd.contains(inHand)) {
            throw new AssertionError("a defect");
          }
          crowd.getFirst().complete(new Outcome.Rejected("handled"));
        });
    Pending behind = pending("bob");
    worker.offer(inHand);
    worker.offer(behind);
    worker.start();
    assertThat(inHand.get(30, TimeUnit.SECONDS)).isEqualTo(NOBODY_KNOWS);
    assertThat(behind.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Rejected("handled"));
    Pending later = pending("cid");
    assertThat(worker.offer(later)).isTrue();
    assertThat(later.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Rejected("handled"));
    worker.close(Duration.ofSeconds(30));
  }

  @Test
  void letsNobodyWaitForAThreadThatEnded() throws Exception {
    var worker =
        worker(crowd -> {
          throw new InterruptedException("as if told to stop");
        });
    Pending inHand = pending("ann");
    Pending behind = pending("bob");
    worker.offer(inHand);
    worker.offer(behind);
    worker.start();
    assertThat(inHand.get(30, TimeUnit.SECONDS)).isEqualTo(NOBODY_KNOWS);
    assertThat(behind.get(30, TimeUnit.SECONDS)).isEqualTo(NOBODY_KNOWS);
    assertThat(worker.offer(pending("cid"))).isFalse();
    worker.close(Duration.ofSeconds(1));
  }

  private static Worker worker(Worker.Work work) {
    return new Worker("test", 10, 1, work, new FaultLog(Ticker.SYSTEM));
  }

  /** Somebody whose time is not over. */
  private static Pending pending(String who) {
    return new Pending(take(who, "A"), System.nanoTime() + TimeUnit.MINUTES.toNanos(10));
  }
}
