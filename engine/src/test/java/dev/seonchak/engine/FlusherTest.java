package dev.seonchak.engine;

import static dev.seonchak.engine.Takes.cancel;
import static dev.seonchak.engine.Takes.pool;
import static dev.seonchak.engine.Takes.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.engine.EngineSettings.Retries;
import dev.seonchak.engine.JournalException.Kind;
import dev.seonchak.engine.Outcome.Granted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of two and more are committed ahead of the disk here. */
class FlusherTest {
  private static final long LIMIT_NANOS = Duration.ofSeconds(8).toNanos();
  private static final int WAITING_MAX = 4;

  private final VirtualTime time = new VirtualTime(by -> {});
  private final MemoryStore store = new MemoryStore(true);
  private final FlushedJournal journal = new FlushedJournal(store);
  private final FaultLog faults = new FaultLog(time);
  private Worker flusher;
  private Batcher batcher;

  private static final class FlushedJournal extends MemoryJournal {
    int flushes;
    int failures;
    volatile CountDownLatch gate = new CountDownLatch(0);

    FlushedJournal(MemoryStore store) {
      super(store, new Random(1));
    }

    /** Like a disk that does not answer, it does not care for interrupts. */
    private void awaitGate() {
      boolean open = false;
      while (!open) {
        try {
          gate.await();
          open = true;
        } catch (InterruptedException e) {
          // Goes on waiting.
        }
      }
    }

    @Override
    public void flush(long epoch) throws JournalException {
      awaitGate();
      flushes++;
      if (failures-- > 0) {
        throw new JournalException(Kind.UNKNOWN, "told to", null);
      }
      super.flush(epoch);
    }
  }

  @BeforeEach
  void open() {
    store.add(pool("A", 9));
    var durable = new Telling(Runnable::run, faults);
    var work = new Flusher(journal, batcher(durable), 3, durable, faults);
    flusher = new Worker("flusher", WAITING_MAX, WAITING_MAX, work::flush, faults);
    batcher = batcher(new Telling(Runnable::run, faults, 2, flusher));
  }

  private Batcher batcher(Telling telling) {
    return new Batcher(
        journal,
        new Decider(Limits.DEFAULT)::decide,
        new PoolWatch(EngineSettings.Watch.DEFAULT, time),
        Retries.DEFAULT,
        time,
        new Random(1),
        telling);
  }

  @AfterEach
  void validate() {
    Validator.of(store).validate();
  }

  private List<Pending> run(Request... requests) throws InterruptedException {
    List<Pending> batch = new ArrayList<>();
    for (Request request : requests) {
      batch.add(new Pending(request, time.nanos() + LIMIT_NANOS));
    }
    batcher.run(batch);
    return batch;
  }

  private static long number(Pending pending) {
    return ((Granted) pending.resultNow()).grants().getFirst().sequence();
  }

  @Test
  void tellsNobodyBeforeTheFlush() throws InterruptedException {
    List<Pending> batch = run(take("ann", "A"), take("ben", "A"));
    assertThat(store.holders).hasSize(2);
    assertThat(batch).noneMatch(Pending::isDone);
    flusher.runOnce();
    assertThat(batch).extracting(FlusherTest::number).containsExactly(1L, 2L);
    assertThat(journal.flushes).isEqualTo(1);
  }

  @Test
  void waitsForTheDiskWhenThereAreFew() throws InterruptedException {
    List<Pending> batch = run(take("ann", "A"));
    assertThat(number(batch.getFirst())).isEqualTo(1);
    assertThat(flusher.waiting()).isZero();
    store.crash();
    assertThat(store.holders).hasSize(1);
  }

  @Test
  void flushesOnceForSeveralBatches() throws InterruptedException {
    List<Pending> first = run(take("ann", "A"), take("ben", "A"));
    List<Pending> second = run(take("cat", "A"), take("dan", "A"));
    flusher.runOnce();
    assertThat(first).allMatch(Pending::isDone);
    assertThat(second).allMatch(Pending::isDone);
    assertThat(journal.flushes).isEqualTo(1);
  }

  @Test
  void decidesAgainWhatWasLost() throws InterruptedException {
    List<Pending> lost = run(take("ann", "A"), take("ben", "A"));
    store.crash();
    assertThat(store.holders).isEmpty();
    assertThat(number(run(take("cat", "A")).getFirst())).isEqualTo(1);
    List<Pending> later = run(take("dan", "A"), take("eve", "A"));
    flusher.runOnce();
    assertThat(lost).extracting(FlusherTest::number).containsExactly(4L, 5L);
    assertThat(later).extracting(FlusherTest::number).containsExactly(2L, 3L);
  }

  @Test
  void givesTheSameAnswerWhenOnlyTheFlushFailed() throws InterruptedException {
    List<Pending> batch = new ArrayList<>(run(take("ann", "A"), take("ben", "A")));
    batch.addAll(run(take("cat", "A"), take("dan", "A")));
    journal.failures = 1;
    flusher.runOnce();
    assertThat(batch).extracting(FlusherTest::number).containsExactly(1L, 2L, 3L, 4L);
    assertThat(store.holders).hasSize(4);
  }

  @Test
  void knowsItsOwnReleaseWhenTheFlushFailed() throws InterruptedException {
    Request.Take ann = take("ann", "A");
    Request.Take ben = take("ben", "A");
    run(ann, ben);
    flusher.runOnce();
    List<Pending> batch = run(cancel(ann), cancel(ben));
    journal.failures = 1;
    flusher.runOnce();
    assertThat(batch).extracting(Pending::resultNow).containsOnly(new Outcome.Released(store.now));
  }

  @Test
  void leavesTheFlushToTheWriterWhenTooManyWait() throws InterruptedException {
    List<Pending> waiting = new ArrayList<>(run(take("ann", "A"), take("ben", "A")));
    waiting.addAll(run(take("cat", "A"), take("dan", "A")));
    List<Pending> batch = run(take("eve", "A"), take("fay", "A"));
    assertThat(batch).extracting(FlusherTest::number).containsExactly(5L, 6L);
    assertThat(waiting).noneMatch(Pending::isDone);
    flusher.runOnce();
    assertThat(waiting).extracting(FlusherTest::number).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void knowsItsOwnReleaseWhenTheWritersFlushFailed() throws InterruptedException {
    Request.Take ann = take("ann", "A");
    Request.Take ben = take("ben", "A");
    run(ann, ben);
    run(take("cat", "A"), take("dan", "A"));
    journal.failures = 1;
    assertThat(run(cancel(ann), cancel(ben)))
        .extracting(Pending::resultNow)
        .allMatch(Outcome.Released.class::isInstance);
  }

  @Test
  void refusesWithoutAFlush() throws InterruptedException {
    List<Pending> batch = run(take("ann", "missing"), take("ben", "missing"));
    assertThat(batch)
        .extracting(Pending::resultNow)
        .containsOnly(new Outcome.Refused(Reason.UNKNOWN_POOL, 0));
    assertThat(journal.flushes).isZero();
  }

  @Test
  void tellsThoseWhoseTimeIsOverThatNobodyKnows() throws InterruptedException {
    List<Pending> batch = run(take("ann", "A"), take("ben", "A"));
    flusher.tellLate(time.nanos() + LIMIT_NANOS);
    assertThat(batch).extracting(Pending::resultNow).containsOnly(new Outcome.Unanswered());
  }

  @Test
  void letsNobodyWaitOnceItIsClosed() throws InterruptedException {
    flusher.start();
    journal.gate = new CountDownLatch(1);
    List<Pending> batch = run(take("ann", "A"), take("ben", "A"));
    flusher.close(Duration.ofMillis(1));
    assertThat(batch).extracting(Pending::resultNow).containsOnly(new Outcome.Unanswered());
    journal.gate.countDown();
  }
}
