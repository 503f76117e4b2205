package dev.seonchak.orders;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.seonchak.events.Event;
import java.time.Instant;
import java.util.UUID;

/**
 * Money of a paid order is going back, and units of it may have been taken back.
 *
 * @param whole whether this took back the last unit of the order
 * @param stockReturned whether the units went back into their pools
 */
public record OrderRefunded(
    UUID orderId,
    UUID dropId,
    UUID buyerId,
    UUID refundId,
    long amount,
    boolean whole,
    boolean stockReturned,
    Instant refundedAt)
    implements Event {
  @Override
  @JsonIgnore
  public String aggregate() {
    return "orders";
  }

  @Override
  @JsonIgnore
  public UUID aggregateId() {
    return orderId;
  }
}
