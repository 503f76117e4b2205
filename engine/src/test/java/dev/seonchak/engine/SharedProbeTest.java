package dev.seonchak.engine;

import static dev.seonchak.engine.Takes.again;
import static dev.seonchak.engine.Takes.pool;
import static dev.seonchak.engine.Takes.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.engine.JournalException.Kind;
import dev.seonchak.engine.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedProbeTest {
  private static final EngineSettings SETTINGS = Simulation.SETTINGS;
  private static final long LIMIT_NANOS = SETTINGS.answerWithin().toNanos();

  private final List<Long> pauses = new ArrayList<>();
  private final VirtualTime time = new VirtualTime(pauses::add);
  private final MemoryStore store = new MemoryStore(true);
  private final CountingJournal journal = new CountingJournal(store);
  private final PoolWatch watch = new PoolWatch(SETTINGS.watch(), time);
  private final List<Pending> wentOn = new ArrayList<>();
  private final SharedProbe probe =
      new SharedProbe(journal, watch, SETTINGS, time, new Random(1), wentOn::add);

  private static final class CountingJournal extends MemoryJournal {
    int probes;
    @Nullable Kind fault;
    Elsewhere meanwhile = () -> {};

    CountingJournal(MemoryStore store) {
      super(store, new Random(1));
    }

    @Override
    public Probe probe(Set<PoolId> pools, Map<PoolId, Long> claimantsAfter, int claimantsMax)
        throws JournalException {
      probes++;
      if (fault != null) {
        throw new JournalException(fault, "told to", null);
      }
      Probe probe = super.probe(pools, claimantsAfter, claimantsMax);
      meanwhile.happens();
      return probe;
    }
  }

  /** What goes on while the answer of a probe is on its way. */
  private interface Elsewhere {
    void happens() throws JournalException;
  }

  /** What each is told, null for those that went on. */
  private List<@Nullable Outcome> look(Request.Take... takes) throws InterruptedException {
    List<Pending> crowd = new ArrayList<>();
    for (Request.Take take : takes) {
      crowd.add(new Pending(take, time.nanos() + LIMIT_NANOS));
    }
    probe.look(crowd);
    List<@Nullable Outcome> outcomes = new ArrayList<>();
    for (Pending pending : crowd) {
      assertThat(pending.isDone()).isNotEqualTo(wentOn.contains(pending));
      outcomes.add(pending.getNow(null));
    }
    return outcomes;
  }

  private void commit(Request... batch) throws JournalException {
    Decision decision =
        journal
            .transact(
                List.of(batch),
                state -> new Decider(Limits.DEFAULT).decide(state, List.of(batch)),
                Journal.Commit.DURABLE)
            .decision();
    List<PoolId> changes = decision.pools().stream().map(Decision.PoolChange::pool).toList();
    watch.changing(changes);
    watch.learn(decision.after(), decision.at());
    watch.changed(changes);
  }

  @Test
  void refusesACrowdWithOneLook() throws Exception {
    store.add(pool("A", 1));
    commit(take("ann", "A"));
    assertThat(look(take("ben", "A"), take("cat", "A"), take("dan", "A")))
        .containsOnly(new Refused(Reason.SOLD_OUT, 0));
    assertThat(journal.probes).isEqualTo(1);
  }

  @Test
  void letsEverybodyGoOnAsSoonAsStockIsBack() throws Exception {
    store.add(pool("A", 1));
    Request.Take first = take("ann", "A");
    commit(first);
    // Another node returns it, so this one is not told.
    Decision elsewhere =
        new Decider(Limits.DEFAULT)
            .decide(
                store.read(List.of(Takes.cancel(first))), List.of((Request) Takes.cancel(first)));
    store.write(elsewhere);
    Request.Take second = take("ben", "A");
    assertThat(watch.doubts(second)).isTrue();
    assertThat(look(second, take("cat", "A"))).containsOnly((Outcome) null);
    assertThat(watch.doubts(second)).isFalse();
  }

  @Test
  void sendsOnWhoeverHadAClaimThere() throws Exception {
    store.add(pool("A", 1));
    Request.Take first = take("ann", "A");
    commit(first);
    assertThat(look(again(first), take("ben", "A")))
        .containsExactly(null, new Refused(Reason.SOLD_OUT, 0));
  }

  @Test
  void remembersAClaimantWhoseClaimCameBack() throws Exception {
    store.add(pool("A", 1));
    Request.Take first = take("ann", "A");
    commit(first);
    commit(Takes.cancel(first), take("ben", "A"));
    assertThat(look(again(first))).containsExactly((Outcome) null);
  }

  @Test
  void sendsEverybodyOnUntilItKnowsWhoCameBefore() throws Exception {
    int claims = 2 * SETTINGS.watch().claimantsPerPageMax() + 1;
    store.add(pool("A", claims));
    for (int i = 0; i < claims; i++) {
      commit(take("c" + i, "A"));
    }
    assertThat(look(take("x", "A"))).containsExactly((Outcome) null);
    assertThat(look(take("x", "A"))).containsExactly((Outcome) null);
    assertThat(look(take("x", "A"))).containsExactly(new Refused(Reason.SOLD_OUT, 0));
  }

  @Test
  void namesTheFirstReasonThatTheRowsCanTell() throws Exception {
    store.now = Instant.ofEpochSecond(100);
    store.add(pool("Empty", 0));
    store.add(pool("Full", 9));
    store.add(pool("Early", 9, Instant.ofEpochSecond(200), Pool.NO_LIMIT));
    commit(take("ann", "Empty"), take("ann", "Early"));
    assertThat(look(take("ben", "Full", "Empty", "Early")))
        .containsExactly(new Refused(Reason.NOT_OPEN_YET, 2));
    assertThat(look(take("ben", "Full", "Empty"))).containsExactly(new Refused(Reason.SOLD_OUT, 1));
    assertThat(look(Takes.take("ben", "k", List.of(new Line(Names.pool("Early"), 0)))))
        .containsExactly(new Refused(Reason.NOT_OPEN_YET, 0));
  }

  @Test
  void sendsOnWhatItDoesNotKnow() throws Exception {
    store.add(pool("A", 0));
    commit(take("ann", "A"));
    assertThat(look(take("ben", "A", "Missing"))).containsExactly((Outcome) null);
    Request.Take elsewhere =
        new Request.Take(
            Names.claimant("ben"),
            Names.key("k"),
            1,
            Names.group("other"),
            List.of(new Line(Names.pool("A"), 1)),
            Duration.ofMinutes(1),
            new Order(Names.holder("h")));
    assertThat(look(elsewhere)).containsExactly((Outcome) null);
  }

  @Test
  void opensWithTheDatabasesClock() throws Exception {
    store.add(pool("A", 9, Instant.ofEpochSecond(200), Pool.NO_LIMIT));
    store.now = Instant.ofEpochSecond(200).minusNanos(1);
    commit(take("ann", "A"));
    assertThat(look(take("ben", "A"))).containsExactly(new Refused(Reason.NOT_OPEN_YET, 0));
    store.now = Instant.ofEpochSecond(200);
    assertThat(look(take("ben", "A"))).containsExactly((Outcome) null);
    assertThat(watch.doubts(take("ben", "A"))).isFalse();
  }

  @Test
  void asksAgainWhileTheDatabaseIsAwayAndThenGivesUp() throws Exception {
    store.add(pool("A", 0));
    commit(take("ann", "A"));
    journal.fault = Kind.UNAVAILABLE;
    assertThat(look(take("ben", "A"))).containsExactly(new Outcome.Unanswered());
    assertThat(journal.probes).isGreaterThan(10);
    assertThat(Duration.ofNanos(time.nanos())).isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void leavesItToTheBatchesWhenAProbeCannotWork() throws Exception {
    store.add(pool("A", 0));
    commit(take("ann", "A"));
    journal.fault = Kind.REJECTED;
    assertThat(look(take("ben", "A"))).containsExactly((Outcome) null);
  }

  @Test
  void keepsTheDistanceBetweenTwoLooks() throws Exception {
    store.add(pool("A", 0));
    look(take("ben", "A"));
    assertThat(pauses).containsExactly(SETTINGS.watch().probeEvery().toNanos());
  }

  @Test
  void remembersABoundedNumberOfPools() throws Exception {
    for (String name : List.of("A", "B", "C")) {
      store.add(pool(name, 0));
      time.advance(1);
      commit(take("ann", name));
    }
    assertThat(watch.doubts(take("ben", "A"))).isFalse();
    assertThat(watch.doubts(take("ben", "B"))).isTrue();
    assertThat(watch.doubts(take("ben", "C", "A"))).isTrue();
  }

  /** Sells out "A" to ann, whose take it returns, and lets somebody look. */
  private Request.Take soldOut(boolean alone) throws Exception {
    store.alone = alone;
    store.add(pool("A", 1));
    Request.Take first = take("ann", "A");
    commit(first);
    look(take("ben", "A"));
    return first;
  }

  @Test
  void refusesAtOnceWhileALookIsGood() throws Exception {
    long begun = time.nanos();
    soldOut(true);
    long goodFor = SETTINGS.watch().lookGoodFor().toNanos();
    time.advance(begun + goodFor / 2 - 1 - time.nanos());
    assertThat(watch.refuses(take("cat", "A"))).isTrue();
    assertThat(watch.refuses(take("dan", "A"))).isTrue();
    time.advance(1);
    // The first takes care of the next look.
    assertThat(watch.refuses(take("cat", "A"))).isFalse();
    assertThat(watch.refuses(take("dan", "A"))).isTrue();
    time.advance(begun + goodFor - 1 - time.nanos());
    assertThat(watch.refuses(take("dan", "A"))).isTrue();
    time.advance(1);
    assertThat(watch.refuses(take("dan", "A"))).isFalse();
  }

  @Test
  void refusesNobodyAtOnceWhereOthersWrite() throws Exception {
    soldOut(false);
    assertThat(watch.refuses(take("cat", "A"))).isFalse();
  }

  @Test
  void refusesAtOnceOnlyWhatIsSurelySoldOut() throws Exception {
    store.add(pool("Full", 9));
    soldOut(true);
    assertThat(watch.refuses(take("ann", "A"))).isFalse();
    assertThat(watch.refuses(take("cat", "Full"))).isFalse();
    assertThat(watch.refuses(take("cat", "A", "Full"))).isFalse();
    assertThat(watch.refuses(Takes.take("cat", "k", List.of(new Line(Names.pool("A"), 0)))))
        .isFalse();
  }

  @Test
  void keepsALookThroughABatchThatChangesNothing() throws Exception {
    soldOut(true);
    commit(take("dan", "A"));
    assertThat(watch.refuses(take("cat", "A"))).isTrue();
  }

  @Test
  void endsALookWhenAClaimIsGiven() throws Exception {
    Request.Take first = soldOut(true);
    commit(Takes.cancel(first), take("dan", "A"));
    assertThat(watch.refuses(take("dan", "A"))).isFalse();
    look(take("ben", "A"));
    assertThat(watch.refuses(take("dan", "A"))).isFalse();
    assertThat(watch.refuses(take("ben", "A"))).isTrue();
  }

  @Test
  void keepsNoLookThatAChangeHasOvertaken() throws Exception {
    Request.Take first = soldOut(true);
    journal.meanwhile = () -> commit(Takes.cancel(first), take("dan", "A"));
    look(take("ben", "A"));
    assertThat(watch.refuses(take("dan", "A"))).isFalse();
    assertThat(watch.refuses(take("ben", "A"))).isFalse();
  }

  @Test
  void keepsNoLookWhileABatchIsBeingCommitted() throws Exception {
    soldOut(true);
    List<PoolId> changes = List.of(Names.pool("A"));
    watch.changing(changes);
    assertThat(watch.refuses(take("cat", "A"))).isFalse();
    look(take("ben", "A"));
    assertThat(watch.refuses(take("cat", "A"))).isFalse();
    journal.meanwhile = () -> watch.changed(changes);
    look(take("ben", "A"));
    assertThat(watch.refuses(take("cat", "A"))).isFalse();
    journal.meanwhile = () -> {};
    look(take("ben", "A"));
    assertThat(watch.refuses(take("cat", "A"))).isTrue();
  }

  @Test
  void keepsNoLookAtAPoolThatWasForgottenMeanwhile() throws Exception {
    soldOut(true);
    journal.meanwhile = () -> watch.forget(Names.pool("A"));
    look(take("ben", "A"));
    assertThat(watch.refuses(take("ben", "A"))).isFalse();
  }
}
