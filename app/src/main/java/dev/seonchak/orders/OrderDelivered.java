package dev.seonchak.orders;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.seonchak.events.Event;
import java.time.Instant;
import java.util.UUID;

/** What was bought has arrived. */
public record OrderDelivered(UUID orderId, UUID dropId, UUID buyerId, Instant deliveredAt)
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
