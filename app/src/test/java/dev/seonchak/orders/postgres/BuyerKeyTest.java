package dev.seonchak.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BuyerKeyTest {
  private static final UUID BUYER = UUID.fromString("0193b2a4-5c6d-7e8f-8123-456789abcdef");
  private static final Instant MADE = Instant.parse("2026-11-23T00:00:00Z");

  private static UUID drop(Instant made, long rest) {
    return new UUID(KeyForgetting.firstIdAt(made).getMostSignificantBits() | 0x7000, rest);
  }

  private static String key(UUID drop, String name) {
    return BuyerKey.of(new DropId(drop), new AccountId(BUYER), name).value().toString();
  }

  @Test
  void beginsWithTheTimeOfTheDropThenTheBuyerThenTheDrop() {
    // 1,795,392,000,000 ms since 1970 are 13,376 times 2^27 ms and a rest.
    assertThat(key(drop(MADE, 0x7b123456L), "a").replace("-", ""))
        .startsWith("34406789abcdef123456");
  }

  @Test
  void staysTheSameForOneNameAndDiffersForAnother() {
    assertThat(key(drop(MADE, 1), "a")).isEqualTo(key(drop(MADE, 1), "a"));
    assertThat(key(drop(MADE, 1), "b")).isNotEqualTo(key(drop(MADE, 1), "a"));
    // Drops whose ids end alike.
    assertThat(key(drop(MADE, 1L << 32 | 1), "a")).isNotEqualTo(key(drop(MADE, 1), "a"));
  }

  @Test
  void liesBetweenTheFirstAndTheLastOfItsBuyer() {
    for (int days = 0; days < 40; days++) {
      UUID drop = drop(MADE.plus(Duration.ofDays(days)), days);
      String key = key(drop, "name " + days);
      // PostgreSQL orders uuids as their text is ordered.
      assertThat(key).isGreaterThanOrEqualTo(BuyerKey.first(drop, BUYER).toString());
      assertThat(key).isLessThanOrEqualTo(BuyerKey.last(drop, BUYER).toString());
    }
  }
}
