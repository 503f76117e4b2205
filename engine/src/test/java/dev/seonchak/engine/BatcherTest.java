package dev.seonchak.engine;

import static dev.seonchak.engine.Takes.cancel;
import static dev.seonchak.engine.Takes.pool;
import static dev.seonchak.engine.Takes.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.engine.EngineSettings.Retries;
import dev.seonchak.engine.JournalException.Kind;
import dev.seonchak.engine.Outcome.Granted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private static final long LIMIT_NANOS = Duration.ofSeconds(8).toNanos();

  private final List<Long> pauses = new ArrayList<>();
  private final VirtualTime time = new VirtualTime(pauses::add);
  private final MemoryStore store = new MemoryStore(true);
  private final FaultyJournal journal = new FaultyJournal(store);
  private final PoolWatch watch = new PoolWatch(EngineSettings.Watch.DEFAULT, time);
  private final Batcher batcher = batcher(Runnable::run);

  private Batcher batcher(Executor answering) {
    return new Batcher(
        journal,
        new Decider(Limits.DEFAULT)::decide,
        watch,
        new Retries(3, Duration.ofMillis(1), Duration.ofMillis(100), Duration.ofSeconds(1)),
        time,
        new Random(1),
        new Telling(answering, new FaultLog(time)));
  }

  /** Fails as it is told to, one transaction after another, then works. */
  private static final class FaultyJournal extends MemoryJournal {
    final Deque<Object> faultsBefore = new ArrayDeque<>();
    final Deque<Object> faultsAfter = new ArrayDeque<>();
    final List<Integer> sizes = new ArrayList<>();
    Runnable atCommit = () -> {};

    FaultyJournal(MemoryStore store) {
      super(store, new Random(1));
    }

    @Override
    public Committed transact(
        List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
        throws JournalException {
      sizes.add(batch.size());
      fail(faultsBefore.poll());
      Committed committed = super.transact(batch, decide, commit);
      atCommit.run();
      fail(faultsAfter.poll());
      return committed;
    }

    private static void fail(Object fault) throws JournalException {
      switch (fault) {
        case null -> {}
        case Kind kind -> throw new JournalException(kind, "told to", null);
        case RuntimeException defect -> throw defect;
        case Error error -> throw error;
        default -> throw new IllegalArgumentException(fault.toString());
      }
    }
  }

  private List<Outcome> run(Request... requests) throws InterruptedException {
    List<Pending> batch = new ArrayList<>();
    for (Request request : requests) {
      batch.add(new Pending(request, time.nanos() + LIMIT_NANOS));
    }
    batcher.run(batch);
    Validator.of(store).validate();
    return batch.stream().map(Pending::resultNow).toList();
  }

  /** A buyer whose take is committed and not answered yet asks again with the same key. */
  @Test
  void refusesNobodyAtOnceBetweenTheCommitAndTheAnswer() throws InterruptedException {
    PoolId id = Names.pool("A");
    store.add(pool("A", 1));
    Request.Take first = take("ann", "A");
    run(first);
    Request.Take second = take("ben", "A");
    var look = new RecentLook(store.pools.get(id), new ClaimantFilter(9), time.nanos());
    watch.keep(look, watch.marksOf(Set.of(id)).get(id));
    assertThat(watch.refuses(second)).isTrue();
    List<Boolean> refused = new ArrayList<>();
    journal.atCommit =
        () -> {
          refused.add(watch.refuses(second));
          watch.keep(look, watch.marksOf(Set.of(id)).get(id));
          refused.add(watch.refuses(second));
        };
    assertThat(run(Takes.cancel(first), second).getLast()).isInstanceOf(Granted.class);
    assertThat(refused).containsExactly(false, false);
  }

  @Test
  void answersInOrderAfterTheCommit() throws InterruptedException {
    store.add(pool("A", 1));
    var pending = new Pending(take("ann", "A"), LIMIT_NANOS);
    journal.atCommit = () -> assertThat(pending).isNotDone();
    batcher.run(List.of(pending));
    assertThat(pending.resultNow()).isInstanceOf(Granted.class);
  }

  @Test
  void splitsARejectedBatchUntilTheCulpritStandsAlone() throws InterruptedException {
    store.add(pool("A", 1_000));
    Request[] batch = new Request[100];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = take("c" + i, "A");
    }
    journal.poison.add(((Request.Take) batch[37]).holder().id());
    List<Outcome> outcomes = run(batch);
    assertThat(outcomes.get(37)).isEqualTo(new Outcome.Rejected("poison"));
    List<Long> numbers = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Granted granted) {
        numbers.add(granted.grants().getFirst().sequence());
      }
    }
    assertThat(numbers).hasSize(99).isSorted();
    assertThat(journal.sizes).hasSizeLessThan(20);
  }

  @Test
  void findsEveryCulpritOfABatch() throws InterruptedException {
    store.add(pool("A", 1_000));
    Request[] batch = new Request[64];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = take("c" + i, "A");
      if (i % 5 == 0) {
        journal.poison.add(((Request.Take) batch[i]).holder().id());
      }
    }
    List<Outcome> outcomes = run(batch);
    for (int i = 0; i < batch.length; i++) {
      assertThat(outcomes.get(i)).isInstanceOf(i % 5 == 0 ? Outcome.Rejected.class : Granted.class);
    }
  }

  @Test
  void triesALoneCulpritOnceMoreSinceARaceIsOverThen() throws InterruptedException {
    store.add(pool("A", 9));
    store.add(pool("B", 9));
    Request.Take first = take("ann", "k", new String[] {"A"});
    run(first);
    Request.Take other = take("ann", "k", new String[] {"B"});
    journal.faultsBefore.add(Kind.REJECTED);
    assertThat(run(other)).containsExactly(new Outcome.KeyReused(first.key()));
    journal.faultsBefore.addAll(List.of(Kind.REJECTED, Kind.REJECTED));
    assertThat(run(other)).containsExactly(new Outcome.Rejected("told to"));
  }

  @Test
  void answersALostCommitAsIfNothingHadHappened() throws InterruptedException {
    store.add(pool("A", 2));
    journal.faultsAfter.add(Kind.UNKNOWN);
    List<Outcome> outcomes = run(take("ann", "A"), take("ben", "A"), take("cat", "A"));
    assertThat(outcomes.get(0)).isInstanceOf(Granted.class);
    assertThat(outcomes.get(1)).isInstanceOf(Granted.class);
    assertThat(outcomes.get(2)).isEqualTo(new Outcome.Refused(Reason.SOLD_OUT, 0));
    assertThat(store.pools.get(Names.pool("A")).nextSequence()).isEqualTo(3);
  }

  @Test
  void decidesAgainWhatALostConnectionDidNotCommit() throws InterruptedException {
    store.add(pool("A", 2));
    journal.faultsBefore.addAll(List.of(Kind.UNKNOWN, Kind.UNKNOWN));
    assertThat(run(take("ann", "A"))).first().isInstanceOf(Granted.class);
    assertThat(journal.sizes).hasSize(3);
  }

  @Test
  void answersALostReleaseAsDone() throws InterruptedException {
    store.add(pool("A", 2));
    Request.Take take = take("ann", "A");
    run(take);
    journal.faultsAfter.add(Kind.UNKNOWN);
    assertThat(run(cancel(take))).containsExactly(new Outcome.Released(store.now));
    assertThat(run(cancel(take)))
        .containsExactly(new Outcome.NotReleased(Obstacle.ALREADY_RELEASED));
  }

  @Test
  void doesNotTakeAnothersReleaseForItsOwn() throws InterruptedException {
    store.add(pool("A", 2));
    Request.Take take = take("ann", "A");
    run(take);
    journal.faultsBefore.add(Kind.UNKNOWN);
    journal.atCommit = () -> {};
    store.now = store.now.plusSeconds(3_600);
    Request.Release expire =
        new Request.Release(take.holder().id(), take.group(), cancel(take).pools(), Cause.EXPIRED);
    run(expire);
    journal.faultsBefore.add(Kind.UNKNOWN);
    assertThat(run(cancel(take)))
        .containsExactly(new Outcome.NotReleased(Obstacle.ALREADY_EXPIRED));
  }

  @Test
  void triesAConflictAgainButNotForEver() throws InterruptedException {
    store.add(pool("A", 9));
    journal.faultsBefore.addAll(List.of(Kind.CONFLICT, Kind.CONFLICT, Kind.CONFLICT));
    assertThat(run(take("ann", "A"))).first().isInstanceOf(Granted.class);
    journal.faultsBefore.addAll(
        List.of(Kind.CONFLICT, Kind.CONFLICT, Kind.CONFLICT, Kind.CONFLICT));
    assertThat(run(take("ann", "A"))).containsExactly(new Outcome.Unanswered());
    assertThat(store.holders).hasSize(1);
  }

  @Test
  void waitsForTheDatabaseAsLongAsTheCallersDo() throws InterruptedException {
    store.add(pool("A", 9));
    for (int i = 0; i < 1_000; i++) {
      journal.faultsBefore.add(Kind.UNAVAILABLE);
    }
    assertThat(run(take("ann", "A"))).containsExactly(new Outcome.Unanswered());
    assertThat(Duration.ofNanos(time.nanos()))
        .isBetween(Duration.ofSeconds(8), Duration.ofMillis(8_100));
    assertThat(pauses)
        .allMatch(nanos -> nanos >= 500_000 && nanos <= Duration.ofMillis(100).toNanos());
    assertThat(pauses.getLast()).isGreaterThan(Duration.ofMillis(49).toNanos());
  }

  @Test
  void dropsWhomNobodyWaitsFor() throws InterruptedException {
    store.add(pool("A", 9));
    var late = new Pending(take("ann", "A"), time.nanos());
    var gone = new Pending(take("ben", "A"), time.nanos() + LIMIT_NANOS);
    gone.complete(new Outcome.Unanswered());
    var here = new Pending(take("cat", "A"), time.nanos() + LIMIT_NANOS);
    batcher.run(List.of(late, gone, here));
    assertThat(late.resultNow()).isEqualTo(new Outcome.Unanswered());
    assertThat(here.resultNow()).isInstanceOf(Granted.class);
    assertThat(store.holders).hasSize(1);
  }

  @Test
  void containsADefectAndSparesTheNeighbours() throws InterruptedException {
    store.add(pool("A", 9));
    journal.faultsBefore.add(new IllegalStateException("a defect"));
    assertThat(run(take("ann", "A"), take("ben", "A")))
        .allMatch(outcome -> outcome instanceof Granted);
    assertThat(journal.sizes).containsExactly(2, 1, 1);
    journal.faultsAfter.add(new IllegalStateException("after the commit"));
    assertThat(run(take("cat", "A"))).first().isInstanceOf(Granted.class);
    journal.faultsBefore.addAll(
        List.of(new IllegalStateException("again"), new IllegalStateException("and again")));
    assertThat(run(take("dan", "A"))).containsExactly(new Outcome.Unanswered());
  }

  @Test
  void answersEverybodyWhenTheJournalFailsWithAnError() throws InterruptedException {
    store.add(pool("A", 9));
    journal.faultsBefore.add(new StackOverflowError());
    assertThat(run(take("ann", "A"), take("ben", "A"))).containsOnly(new Outcome.Unanswered());
    assertThat(run(take("ann", "A"))).first().isInstanceOf(Granted.class);
  }

  @Test
  void tellsTheWatchWhatIsLeft() throws InterruptedException {
    store.add(pool("A", 1));
    Request.Take take = take("ann", "A");
    run(take);
    assertThat(watch.doubts(take("ben", "A"))).isTrue();
    run(cancel(take));
    assertThat(watch.doubts(take("ben", "A"))).isFalse();
  }

  @Test
  void tellsWhatWasDecidedAlsoWhenNoThreadIsLeftToTell() throws InterruptedException {
    store.add(pool("A", 9));
    var pending = new Pending(take("ann", "A"), time.nanos() + LIMIT_NANOS);
    batcher(
            task -> {
              throw new RejectedExecutionException("closed");
            })
        .run(List.of(pending));
    assertThat(pending.resultNow()).isInstanceOf(Granted.class);
    assertThat(journal.sizes).containsExactly(1);
  }
}
