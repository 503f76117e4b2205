package dev.seonchak.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a pool can be taken from, by the database's clock.
 *
 * @param opensAt the first instant at which it is open, null while it is not published
 * @param closesAt the first instant at which it is closed again, null when it stays open
 */
public record Window(@Nullable Instant opensAt, @Nullable Instant closesAt) {

  /** Why nothing can be taken at this instant, null when the window is open. */
  @Nullable Reason refusalAt(Instant now) {
    if (opensAt == null || now.isBefore(opensAt)) {
      return Reason.NOT_OPEN_YET;
    }
    return closesAt == null || now.isBefore(closesAt) ? null : Reason.CLOSED;
  }
}
