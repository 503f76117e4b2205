package dev.seonchak.orders.postgres;

import dev.seonchak.runtime.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets idempotency keys after 30 days, a few orders at a time. */
@Component
final class KeyForgetting {
  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** Older ones were forgotten by earlier runs; days without a run are made up for. */
  private static final Duration LOOKED_BACK = Duration.ofDays(60);

  private static final int ORDERS_MAX = 500;

  private final JdbcClient jdbc;
  private final Clock clock;

  KeyForgetting(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "P1D")
  void forget() {
    Instant through = clock.instant().minus(REMEMBERED);
    UUID after = firstIdAt(through.minus(LOOKED_BACK));
    List<UUID> forgotten;
    do {
      forgotten =
          jdbc.sql(RowLocks.FORGET_KEYS)
              .param("after", after)
              .param("through", firstIdAt(through))
              .param("max", ORDERS_MAX)
              .query(UUID.class)
              .list();
      after = forgotten.isEmpty() ? after : Collections.max(forgotten);
    } while (forgotten.size() == ORDERS_MAX);
  }

  /** The least id of an instant, as {@link Ids} makes them: 48 bits of milliseconds come first. */
  static UUID firstIdAt(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }
}
