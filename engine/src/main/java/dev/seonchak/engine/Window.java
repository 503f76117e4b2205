package dev.seonchak.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a pool can be taken from, by the database's clock.
 *
 * @param opensAt the first instant at which it is open
 * @param closesAt the first instant at which it is closed again, null when it stays open
 */
public record Window(Instant opensAt, @Nullable Instant closesAt) {

  boolean isBefore(Instant now) {
    return closesAt != null && !now.isBefore(closesAt);
  }

  boolean isAfter(Instant now) {
    return now.isBefore(opensAt);
  }
}
