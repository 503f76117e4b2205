package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.engine.Probe.Page;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PastClaimantsTest {
  private final PastClaimants past = new PastClaimants(2, 5_000);

  @Test
  void isSureOnlyWhenItHasReadAllThatTheRowSays() {
    Pool pool = pool("A", 4);
    assertThat(past.surelyWithout(Names.claimant("x"), pool)).isFalse();
    past.learn(pool, 0, page(0, 3));
    assertThat(past.surelyWithout(Names.claimant("x"), pool)).isFalse();
    assertThat(through("A")).isEqualTo(3);
    past.learn(pool, 3, page(3, 4));
    assertThat(past.surelyWithout(Names.claimant("x"), pool)).isTrue();
    assertThat(past.surelyWithout(Names.claimant("c2"), pool)).isFalse();
    assertThat(past.surelyWithout(Names.claimant("x"), pool("A", 5))).isFalse();
  }

  @Test
  void isSureOfAnEmptyPoolOnceItHasLooked() {
    past.learn(pool("A", 0), 0, page(0, 0));
    assertThat(past.surelyWithout(Names.claimant("x"), pool("A", 0))).isTrue();
  }

  @Test
  void ignoresAPageThatDoesNotContinueItsLast() {
    past.learn(pool("A", 6), 0, page(0, 3));
    past.learn(pool("A", 6), 2, page(4, 6));
    past.learn(pool("A", 6), 4, page(4, 6));
    assertThat(through("A")).isEqualTo(3);
  }

  @Test
  void forgetsThePoolNotAskedForLongest() {
    past.learn(pool("A", 3), 0, page(0, 3));
    past.learn(pool("B", 3), 0, page(0, 3));
    assertThat(past.surelyWithout(Names.claimant("x"), pool("A", 3))).isTrue();
    past.learn(pool("C", 3), 0, page(0, 3));
    assertThat(through("A")).isEqualTo(3);
    assertThat(through("B")).isZero();
    assertThat(through("C")).isEqualTo(3);
  }

  /** The page was asked for before its pool was forgotten, so the beginning is missing. */
  @Test
  void doesNotBeginInTheMiddle() {
    past.learn(pool("A", 6), 3, page(3, 6));
    assertThat(through("A")).isZero();
    assertThat(past.surelyWithout(Names.claimant("c0"), pool("A", 6))).isFalse();
  }

  @Test
  void beginsAnewWhenAPoolHasOutgrownItsRoom() {
    past.learn(pool("A", 3), 0, page(0, 3));
    past.learn(pool("A", 1_001), 3, page(3, 1_001));
    assertThat(through("A")).isZero();
    past.learn(pool("A", 1_001), 0, page(0, 1_001));
    assertThat(past.surelyWithout(Names.claimant("x"), pool("A", 1_001))).isTrue();
    assertThat(past.surelyWithout(Names.claimant("c1000"), pool("A", 1_001))).isFalse();
  }

  @Test
  void makesRoomForABigPoolAndLeavesOutATooBigOne() {
    past.learn(pool("A", 3), 0, page(0, 3));
    past.learn(pool("B", 3_000), 0, page(0, 3_000));
    assertThat(through("A")).isZero();
    assertThat(through("B")).isEqualTo(3_000);
    past.learn(pool("C", 3_400), 0, page(0, 3_400));
    assertThat(through("C")).isZero();
    assertThat(through("B")).isEqualTo(3_000);
  }

  private long through(String pool) {
    return past.readThrough(Set.of(Names.pool(pool))).get(Names.pool(pool));
  }

  private static Pool pool(String name, long claims) {
    return MemoryStore.counters(Takes.pool(name, 9_999), claims, claims + 1);
  }

  private static Page page(int from, int to) {
    List<ClaimantId> claimants =
        IntStream.range(from, to).mapToObj(i -> Names.claimant("c" + i)).toList();
    return new Page(claimants, to);
  }
}
