package dev.seonchak.orders.postgres;

import dev.seonchak.runtime.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets idempotency keys after 30 days, a few orders at a time. How far it has come is on record,
 * so that each order is read once, however many there are and however long nobody ran it.
 */
@Component
final class KeyForgetting {
  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** Orders that are read in one step, which is one transaction. */
  static final int ORDERS_MAX = 500;

  private final JdbcClient jdbc;
  private final Clock clock;

  KeyForgetting(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "P1D")
  void forget() {
    UUID through = firstIdAt(clock.instant().minus(REMEMBERED));
    while (step(through) == ORDERS_MAX && !Thread.currentThread().isInterrupted()) {
      // The next step goes on where this one ended.
    }
  }

  /** Says how many orders it read. */
  private int step(UUID through) {
    return jdbc.sql(RowLocks.FORGET_KEYS)
        .param("through", through)
        .param("max", ORDERS_MAX)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /** The least id of an instant, as {@link Ids} makes them: 48 bits of milliseconds come first. */
  static UUID firstIdAt(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }
}
