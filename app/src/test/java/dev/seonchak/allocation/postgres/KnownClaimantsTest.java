package dev.seonchak.allocation.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.Holder;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome.Granted;
import dev.seonchak.engine.Pool;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.engine.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KnownClaimantsTest {
  private static final GroupId DROP = new GroupId(new UUID(1, 0));
  private static final PoolId CUP = new PoolId(new UUID(2, 1));
  private static final PoolId MUG = new PoolId(new UUID(2, 2));
  private static final ClaimantId ANN = claimant(1);
  private static final ClaimantId BEN = claimant(2);

  private final KnownClaimants known = new KnownClaimants(10, 100_000);

  @Test
  void callsNobodyNewInAPoolThatItNeverSaw() {
    assertThat(isNew(ANN, pool(CUP, 0))).isFalse();
  }

  @Test
  void callsEverybodyNewWhereNobodyHasBeen() {
    see(pool(CUP, 0));
    assertThat(isNew(ANN, pool(CUP, 0))).isTrue();
  }

  @Test
  void knowsWhomItWrote() {
    see(pool(CUP, 0));
    known.wrote(List.of(taken(ANN, CUP, 1)), 0);
    assertThat(isNew(ANN, pool(CUP, 1))).isFalse();
    assertThat(isNew(BEN, pool(CUP, 1))).isTrue();
  }

  @Test
  void callsNobodyNewWhileSomebodyElsesClaimsAreNotRead() {
    see(pool(CUP, 0));
    known.wrote(List.of(taken(ANN, CUP, 1)), 0);
    see(pool(CUP, 2));
    assertThat(isNew(claimant(3), pool(CUP, 2))).isFalse();
    assertThat(known.toRead(List.of(CUP, MUG))).isEqualTo(Map.of(CUP, 1L));
    known.read(CUP, 2, BEN, 0);
    assertThat(isNew(claimant(3), pool(CUP, 2))).isTrue();
    assertThat(isNew(BEN, pool(CUP, 2))).isFalse();
  }

  @Test
  void readsOnWithEachBatchUntilNobodyElseWrites() {
    see(pool(CUP, 1));
    assertThat(known.toRead(List.of(CUP))).isEqualTo(Map.of(CUP, 0L));
    known.read(CUP, 1, ANN, 0);
    known.seen(List.of(pool(CUP, 1)), Map.of(CUP, 0L));
    assertThat(known.toRead(List.of(CUP))).isEqualTo(Map.of(CUP, 1L));
    known.seen(List.of(pool(CUP, 1)), Map.of(CUP, 1L));
    assertThat(known.toRead(List.of(CUP))).isEmpty();
  }

  @Test
  void readsAgainWhatWasWrittenInAnotherOrderThanCommitted() {
    see(pool(CUP, 0));
    known.wrote(List.of(taken(BEN, CUP, 2)), 0);
    known.wrote(List.of(taken(ANN, CUP, 1)), 0);
    assertThat(isNew(claimant(3), pool(CUP, 2))).isFalse();
    assertThat(known.toRead(List.of(CUP))).isEqualTo(Map.of(CUP, 1L));
    known.read(CUP, 2, BEN, 0);
    assertThat(isNew(BEN, pool(CUP, 2))).isFalse();
    assertThat(isNew(claimant(3), pool(CUP, 2))).isTrue();
  }

  @Test
  void doesNotReadFurtherThanABatchMay() {
    see(pool(CUP, 50));
    assertThat(known.isPerhapsNew(take(ANN, CUP), 49)).isFalse();
    assertThat(known.isPerhapsNew(take(ANN, CUP), 50)).isTrue();
  }

  @Test
  void seesWhomAnotherWriterAddedMeanwhile() {
    see(pool(CUP, 0));
    long changes = known.changes();
    assertThat(known.isPerhapsNew(take(ANN, CUP), 0)).isTrue();
    see(pool(CUP, 1));
    known.wrote(List.of(taken(ANN, CUP, 1)), 0);
    Map<PoolId, Pool> locked = Map.of(CUP, pool(CUP, 1));
    assertThat(known.isNew(take(ANN, CUP), locked, changes)).isFalse();
    assertThat(known.isNew(take(BEN, CUP), locked, changes)).isTrue();
  }

  @Test
  void asksForEachPoolOfATake() {
    see(pool(CUP, 0), pool(MUG, 0));
    known.wrote(List.of(taken(ANN, MUG, 1)), 0);
    Map<PoolId, Pool> locked = Map.of(CUP, pool(CUP, 0), MUG, pool(MUG, 1));
    assertThat(isNew(take(BEN, CUP, MUG), locked)).isTrue();
    assertThat(isNew(take(ANN, CUP, MUG), locked)).isFalse();
    assertThat(isNew(take(ANN, CUP), locked)).isTrue();
  }

  @Test
  void looksForSuspectsAlthoughTheyHaveNoClaim() {
    see(pool(CUP, 0));
    known.suspect(List.of(take(ANN, CUP)));
    assertThat(isNew(ANN, pool(CUP, 0))).isFalse();
    assertThat(isNew(BEN, pool(CUP, 0))).isTrue();
  }

  @Test
  void forgetsAPoolThatHasFewerClaimsThanItKnew() {
    see(pool(CUP, 0));
    known.wrote(List.of(taken(ANN, CUP, 1), taken(BEN, CUP, 2)), 0);
    see(pool(CUP, 1));
    assertThat(isNew(claimant(3), pool(CUP, 1))).isFalse();
    known.read(CUP, 1, claimant(4), 0);
    assertThat(isNew(claimant(4), pool(CUP, 1))).isFalse();
    assertThat(isNew(ANN, pool(CUP, 1))).isTrue();
  }

  /** What is on its way while a server is lost may be given to others. */
  @Test
  void doesNotLearnFromAnotherEpoch() {
    see(pool(CUP, 0));
    known.forget(1);
    see(pool(CUP, 0));
    known.wrote(List.of(taken(ANN, CUP, 1)), 0);
    known.read(CUP, 1, ANN, 0);
    assertThat(isNew(BEN, pool(CUP, 1))).isFalse();
    known.wrote(List.of(taken(BEN, CUP, 1)), 1);
    assertThat(isNew(ANN, pool(CUP, 1))).isTrue();
    assertThat(isNew(BEN, pool(CUP, 1))).isFalse();
  }

  @Test
  void forgetsEverythingOnRequest() {
    see(pool(CUP, 0));
    known.forget(1);
    assertThat(isNew(ANN, pool(CUP, 0))).isFalse();
  }

  @Test
  void remembersTheLatestOfTooManyPools() {
    for (int i = 0; i < 20; i++) {
      see(pool(new PoolId(new UUID(3, i)), 0));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(isNew(ANN, pool(new PoolId(new UUID(3, i)), 0))).isEqualTo(i >= 10);
    }
  }

  @Test
  void remembersNoPoolThatTakesMostOfTheRoom() {
    see(pool(CUP, 75_000));
    assertThat(known.farBehind()).isEqualTo(Map.entry(CUP, 0L));
    see(pool(CUP, 75_001));
    assertThat(known.farBehind()).isNull();
  }

  @Test
  void leavesToBatchesWhatTheyCanReadOn() {
    see(pool(CUP, KnownPool.FAR));
    assertThat(known.farBehind()).isNull();
    assertThat(known.toRead(List.of(CUP))).isEqualTo(Map.of(CUP, 0L));
  }

  @Test
  void hasManyClaimsReadBesideTheBatchesUntilTheseCanReadOn() {
    int claims = KnownPool.FAR + 1_000;
    see(pool(CUP, claims));
    assertThat(known.toRead(List.of(CUP))).as("nothing for a batch").isEmpty();
    assertThat(known.isPerhapsNew(take(ANN, CUP), claims - 1)).isFalse();
    for (int i = 1; i < 1_000; i++) {
      known.read(CUP, i, claimant(i), 0);
      assertThat(known.farBehind()).isEqualTo(Map.entry(CUP, (long) i));
    }
    known.read(CUP, 1_000, claimant(1_000), 0);
    assertThat(known.farBehind()).isNull();
    assertThat(known.toRead(List.of(CUP))).isEqualTo(Map.of(CUP, 1_000L));
  }

  @Test
  void givesUpOnAPoolWhoseClaimsAreNotThereAndCallsNobodyNewInIt() {
    see(pool(CUP, 20_000), pool(MUG, 20_000));
    known.tried(CUP, 0);
    assertThat(known.farBehind()).isEqualTo(Map.entry(MUG, 0L));
    see(pool(CUP, 20_001));
    known.read(MUG, 1, ANN, 0);
    known.tried(MUG, 0);
    assertThat(known.farBehind()).isEqualTo(Map.entry(MUG, 1L));
    assertThat(isNew(ANN, pool(CUP, 20_001))).isFalse();
  }

  @Test
  void neverCallsAMemberNewAndSeldomAStrangerKnown() {
    int members = 24_000;
    see(pool(CUP, 0));
    LongStream.rangeClosed(1, members)
        .forEach(i -> known.wrote(List.of(taken(claimant(i), CUP, i)), 0));
    Pool pool = pool(CUP, members);
    assertThat(LongStream.rangeClosed(1, members).noneMatch(i -> isNew(claimant(i), pool)))
        .isTrue();
    long mistakes =
        LongStream.range(0, members).filter(i -> !isNew(claimant(-1 - i), pool)).count();
    assertThat(mistakes).isLessThan(members / 20);
  }

  private void see(Pool... pools) {
    known.seen(List.of(pools), Map.of());
  }

  private boolean isNew(ClaimantId claimant, Pool pool) {
    return isNew(take(claimant, pool.id()), Map.of(pool.id(), pool));
  }

  /** As a batch asks that has read nothing on. */
  private boolean isNew(Take take, Map<PoolId, Pool> locked) {
    long changes = known.changes();
    return known.isPerhapsNew(take, 0) && known.isNew(take, locked, changes);
  }

  private static ClaimantId claimant(long i) {
    return new ClaimantId(new UUID(i * 0x9e3779b97f4a7c15L, i));
  }

  private static Pool pool(PoolId id, long claims) {
    return new Pool(
        id, DROP, 100_000, 0, claims + 1, new Window(Instant.EPOCH, null), Pool.NO_LIMIT);
  }

  private static Take take(ClaimantId claimant, PoolId... pools) {
    List<Line> lines = Arrays.stream(pools).map(pool -> new Line(pool, 1)).toList();
    return new Take(
        claimant, new Key("order", "k"), 0, DROP, lines, Duration.ofMinutes(5), new Someone());
  }

  private static Taken taken(ClaimantId claimant, PoolId pool, long number) {
    var granted =
        new Granted(
            new Someone().id(),
            List.of(new Grant(pool, 1, number)),
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(300));
    return new Taken(take(claimant, pool), granted);
  }

  private record Someone() implements Holder {
    @Override
    public HolderId id() {
      return new HolderId(new UUID(4, 4));
    }
  }
}
