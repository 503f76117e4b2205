package dev.seonchak.events.postgres;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers which events each subscriber has handled. */
@Component
public final class Inbox {
  private static final int PRUNED_AT_ONCE = 10_000;

  private final JdbcClient jdbc;
  private final Clock clock;

  Inbox(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Notes the event within the current transaction; false when this subscriber has handled it
   * before. Waits while another transaction is at the same event.
   */
  public boolean take(String subscriber, UUID eventId) {
    return jdbc.sql(
                """
                insert into inbox (subscriber, event_id) values (?, ?)
                on conflict do nothing
                """)
            .params(subscriber, eventId)
            .update()
        == 1;
  }

  /** Forgets events older than this; their ids begin with the time of their making. */
  public void prune(Duration age) {
    var oldest = new UUID(clock.instant().minus(age).toEpochMilli() << 16, 0);
    int pruned;
    do {
      pruned =
          jdbc.sql(
                  """
                  delete from inbox i
                  using (
                    select subscriber, event_id from inbox where event_id < ? limit ?
                  ) old
                  where i.subscriber = old.subscriber and i.event_id = old.event_id
                  """)
              .params(oldest, PRUNED_AT_ONCE)
              .update();
    } while (pruned == PRUNED_AT_ONCE);
  }
}
