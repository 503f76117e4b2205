package dev.seonchak.engine;

import static dev.seonchak.engine.Takes.take;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private static final Outcome NOBODY_KNOWS = new Outcome.Unanswered();

  @Test
  void letsNobodyWaitForAThreadThatEndedByADefect() throws Exception {
    var worker =
        new Worker(
            "defect",
            10,
            1,
            crowd -> {
              throw new IllegalStateException("a defect");
            });
    Pending inHand = pending();
    Pending behind = pending();
    worker.offer(inHand);
    worker.offer(behind);
    worker.start();
    assertThat(inHand.get(30, TimeUnit.SECONDS)).isEqualTo(NOBODY_KNOWS);
    assertThat(behind.get(30, TimeUnit.SECONDS)).isEqualTo(NOBODY_KNOWS);
    assertThat(worker.offer(pending())).isFalse();
    worker.close(Duration.ofSeconds(1));
  }

  /** Somebody whose time is not over. */
  private static Pending pending() {
    return new Pending(take("ann", "A"), System.nanoTime() + TimeUnit.MINUTES.toNanos(10));
  }
}
