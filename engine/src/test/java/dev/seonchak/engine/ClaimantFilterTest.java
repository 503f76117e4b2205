package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClaimantFilterTest {
  private static final int CLAIMANTS = 20_000;

  @Test
  void neverForgetsAMemberAndSeldomMistakesAStranger() {
    check(i -> new UUID(i * 0x9e3779b97f4a7c15L, i * 0xc2b2ae3d27d4eb4fL));
  }

  @Test
  void separatesIdsThatDifferInFewBits() {
    check(i -> new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + i));
    check(i -> new UUID(i << 16, 0x8000_0000_0000_0000L));
  }

  @Test
  void onlyGetsBlunterWhenItIsOverfull() {
    var filter = new ClaimantFilter(10);
    LongStream.range(0, 1_000).forEach(i -> filter.add(claimant(i)));
    assertThat(LongStream.range(0, 1_000).allMatch(i -> filter.mayContain(claimant(i)))).isTrue();
  }

  private static void check(LongFunction<UUID> ids) {
    var filter = new ClaimantFilter(CLAIMANTS);
    for (long i = 0; i < CLAIMANTS; i++) {
      filter.add(new ClaimantId(ids.apply(i)));
    }
    long mistakes = 0;
    for (long i = 0; i < CLAIMANTS; i++) {
      assertThat(filter.mayContain(new ClaimantId(ids.apply(i)))).isTrue();
      mistakes += filter.mayContain(new ClaimantId(ids.apply(i + CLAIMANTS))) ? 1 : 0;
    }
    assertThat(mistakes).isLessThan(CLAIMANTS / 50);
  }

  private static ClaimantId claimant(long i) {
    return Names.claimant("c" + i);
  }
}
