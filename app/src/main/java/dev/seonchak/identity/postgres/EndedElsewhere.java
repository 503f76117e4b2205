package dev.seonchak.identity.postgres;

import dev.seonchak.identity.EndedSessions;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Reads about once a second which sessions other nodes have ended. */
@Component
class EndedElsewhere {
  private static final Logger log = LoggerFactory.getLogger(EndedElsewhere.class);

  /** A row becomes visible only with its commit, and clocks differ: so much is read again. */
  private static final Duration OVERLAP = SessionRows.clockErrorMax();

  private final SessionRows rows;
  private final EndedSessions ended;
  private final Clock clock;
  private @Nullable OffsetDateTime read;

  EndedElsewhere(SessionRows rows, EndedSessions ended, Clock clock) {
    this.rows = rows;
    this.ended = ended;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${seonchak.identity.ended-every:1s}")
  void read() {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    OffsetDateTime since = read == null ? now.minus(ended.remembered()) : read;
    try {
      ended.add(rows.endedSince(since.minus(OVERLAP)));
      read = now;
    } catch (DataAccessException | TransactionException e) {
      log.warn("Ended sessions could not be read: {}", e.getMessage());
    }
  }
}
