package dev.seonchak.orders;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.seonchak.events.Event;
import java.time.Instant;
import java.util.UUID;

/** An unpaid order was cancelled and its claims went back. */
public record OrderCancelled(UUID orderId, UUID dropId, UUID buyerId, Instant cancelledAt)
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
