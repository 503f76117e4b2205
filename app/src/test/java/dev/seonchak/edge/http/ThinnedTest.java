package dev.seonchak.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many lines of a kind get through, and what they stand for. */
class ThinnedTest {
  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
  private final Thinned thinned = new Thinned(time::get);

  @Test
  void tellsTheFirstAtOnceAndTheRestOfASecondAsANumber() {
    assertThat(thinned.oneMore("overloaded")).isEqualTo(1);
    for (int i = 0; i < 500; i++) {
      assertThat(thinned.oneMore("overloaded")).isZero();
    }
    time.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(thinned.oneMore("overloaded")).isEqualTo(501);
    assertThat(thinned.oneMore("overloaded")).isZero();
  }

  @Test
  void countsEachKindByItself() {
    assertThat(thinned.oneMore("overloaded")).isEqualTo(1);
    assertThat(thinned.oneMore("unavailable")).isEqualTo(1);
    assertThat(thinned.oneMore("overloaded")).isZero();
  }
}
