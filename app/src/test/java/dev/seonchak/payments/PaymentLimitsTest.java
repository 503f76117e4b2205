package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often a gateway is asked that says nothing. */
class PaymentLimitsTest {
  @Test
  void asksLessAndLessOftenUpToABound() {
    assertThat(
            IntStream.of(0, 1, 2, 3, 4, 5, 60, 10_000)
                .mapToObj(PaymentLimits.STANDARD::backOff)
                .mapToLong(pause -> pause.toMillis()))
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L, 15_000L);
  }
}
