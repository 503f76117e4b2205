package dev.seonchak.events.kafka;

import dev.seonchak.events.postgres.OutboxTable;
import java.time.Duration;

/**
 * Sends what stays unsent straight from the table. It keeps the order of writing; together with the
 * stream, which keeps it too, the first arrival of each event is in order whoever sends it.
 */
final class Republisher {
  private static final int ROWS_AT_ONCE = 500;

  private final OutboxTable outbox;
  private final Sender sender;

  Republisher(OutboxTable outbox, Sender sender) {
    this.outbox = outbox;
    this.sender = sender;
  }

  /** Sends all that has been unsent for so long; returns how many. */
  int send(Duration age) throws InterruptedException {
    int sent = 0;
    int page;
    do {
      var rows = outbox.unsent(age, ROWS_AT_ONCE);
      page = rows.size();
      sender.send(rows.stream().map(sender::message).toList());
      outbox.markSent(rows);
      sent += page;
    } while (page == ROWS_AT_ONCE);
    return sent;
  }
}
