package dev.seonchak.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void givesExactPercentiles() {
    Latencies odd = new Latencies();
    Latencies even = new Latencies();
    for (int millis = 1; millis <= 1_000; millis++) {
      (millis % 2 == 1 ? odd : even).add(millis * 1_000_000L);
    }
    odd.addAll(even);

    assertThat(odd.count()).isEqualTo(1_000);
    assertThat(odd.percentileMillis(50)).isEqualTo(500);
    assertThat(odd.percentileMillis(99)).isEqualTo(990);
    assertThat(odd.percentileMillis(99.99)).isEqualTo(1_000);
    assertThat(odd.percentileMillis(100)).isEqualTo(1_000);
  }

  @Test
  void givesZeroWhenNothingWasMeasured() {
    assertThat(new Latencies().percentileMillis(50)).isZero();
  }

  @Test
  void takesMoreAfterItWasRead() {
    Latencies latencies = new Latencies();
    latencies.add(3_000_000);
    assertThat(latencies.percentileMillis(100)).isEqualTo(3);
    latencies.add(1_000_000);
    assertThat(latencies.percentileMillis(50)).isEqualTo(1);
  }
}
