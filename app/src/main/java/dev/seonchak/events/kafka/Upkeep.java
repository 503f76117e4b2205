package dev.seonchak.events.kafka;

import dev.seonchak.events.EventSettings;
import dev.seonchak.events.postgres.Inbox;
import dev.seonchak.events.postgres.OutboxTable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * What a relay does besides the stream: sends what was left behind, and throws away what is old.
 */
final class Upkeep {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  private final Relay relay;
  private final Republisher republisher;
  private final OutboxTable outbox;
  private final Inbox inbox;
  private final EventSettings settings;

  Upkeep(
      Relay relay,
      Republisher republisher,
      OutboxTable outbox,
      Inbox inbox,
      EventSettings settings) {
    this.relay = relay;
    this.republisher = republisher;
    this.outbox = outbox;
    this.inbox = inbox;
    this.settings = settings;
  }

  /**
   * Sends what stays unsent, only while the stream has run without trouble for as long: after an
   * outage the stream itself brings what waited.
   */
  @Scheduled(initialDelay = 5_000, fixedDelay = 5_000)
  void republish() {
    var age = Duration.ofSeconds(settings.republishSeconds());
    if (relay.steadyFor().compareTo(age) < 0) {
      return;
    }
    try {
      int sent = republisher.send(age);
      if (sent > 0) {
        log.warn("Sent {} events that the stream had not brought within {}", sent, age);
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("Cannot look for events left behind: {}", Reason.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Scheduled(initialDelay = 20_000, fixedDelay = 600_000)
  void tidy() {
    try {
      outbox.turnDays(settings.daysAhead(), settings.daysKept());
      inbox.prune(Duration.ofDays(settings.inboxDays()));
    } catch (DataAccessException | TransactionException e) {
      log.warn("Cannot tidy the outbox now: {}", Reason.of(e));
    }
  }
}
