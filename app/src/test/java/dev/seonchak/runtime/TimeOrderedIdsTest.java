package dev.seonchak.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ids of version 7. */
class TimeOrderedIdsTest {
  private static Ids at(String time) {
    return new TimeOrderedIds(Clock.fixed(Instant.parse(time), ZoneOffset.UTC), new SecureRandom());
  }

  @Test
  void carriesTheTimeOfItsMaking() {
    UUID id = at("2026-11-22T10:00:00.123456Z").next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16)
        .isEqualTo(Instant.parse("2026-11-22T10:00:00.123Z").toEpochMilli());
  }

  @Test
  void sortsByTimeEvenWithinAMillisecond() {
    String before = at("2026-11-22T10:00:00.123400Z").next().toString();
    String after = at("2026-11-22T10:00:00.123401Z").next().toString();
    assertThat(before).isLessThan(after);
  }

  @Test
  void neverRepeats() {
    Ids ids = at("2026-11-22T10:00:00Z");
    Set<UUID> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.add(ids.next())).isTrue();
    }
  }
}
