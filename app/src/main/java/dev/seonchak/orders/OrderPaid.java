package dev.seonchak.orders;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.seonchak.events.Event;
import java.time.Instant;
import java.util.UUID;

/** An order has been paid in full; whoever issues what was bought listens to this. */
public record OrderPaid(UUID orderId, UUID dropId, UUID buyerId, long amount, Instant paidAt)
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
