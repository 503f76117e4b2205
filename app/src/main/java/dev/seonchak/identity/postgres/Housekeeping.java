package dev.seonchak.identity.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Once an hour: forgets sessions that are long over, and lets a new key sign when the old is due.
 */
@Component
class Housekeeping {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int SESSIONS_AT_ONCE_MAX = 500;

  private final SessionRows sessions;
  private final PostgresKeys keys;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Housekeeping(
      SessionRows sessions, PostgresKeys keys, TransactionTemplate transaction, Clock clock) {
    this.sessions = sessions;
    this.keys = keys;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Another node may have begun to sign with a new key, and this one publishes it too. */
  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void readKeys() {
    try {
      keys.read();
    } catch (DataAccessException | TransactionException e) {
      log.warn("Keys could not be read: {}", e.getMessage());
    }
  }

  @Scheduled(initialDelay = 60_000, fixedDelay = 3_600_000)
  void run() {
    try {
      keys.rotateWhenDue();
      OffsetDateTime before = clock.instant().atOffset(ZoneOffset.UTC).minus(KEPT);
      int forgotten;
      do {
        Integer now = transaction.execute(status -> sessions.forget(before, SESSIONS_AT_ONCE_MAX));
        forgotten = now == null ? 0 : now;
      } while (forgotten == SESSIONS_AT_ONCE_MAX);
    } catch (DataAccessException | TransactionException e) {
      log.warn("Old sessions and keys are left for the next hour: {}", e.getMessage());
    }
  }
}
