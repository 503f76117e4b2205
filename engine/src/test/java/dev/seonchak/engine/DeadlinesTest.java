package dev.seonchak.engine;

import static dev.seonchak.engine.Takes.take;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final long NOW = 1_000;

  /** Fails once where the late are looked for. */
  private static final class FailingTicker implements Ticker {
    final AtomicBoolean failed = new AtomicBoolean();

    @Override
    public long nanos() {
      if (Thread.currentThread().getName().equals("seonchak-deadlines")
          && failed.compareAndSet(false, true)) {
        throw new IllegalStateException("a defect");
      }
      return NOW;
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void tellsTheLateAndOnlyThemAlsoAfterADefect() throws Exception {
    var ticker = new FailingTicker();
    var worker = new Worker("idle", 10, 10, crowd -> {}, new FaultLog(Ticker.SYSTEM));
    var late = new Pending(take("ann", "A"), NOW - 1);
    var early = new Pending(take("ben", "A"), NOW + 1);
    worker.offer(late);
    worker.offer(early);
    var deadlines = new Deadlines(List.of(worker), ticker);
    deadlines.start();
    try {
      assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Unanswered());
      assertThat(ticker.failed).isTrue();
      assertThat(early.isDone()).isFalse();
    } finally {
      deadlines.stop();
    }
  }
}
