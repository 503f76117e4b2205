package dev.seonchak.orders;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.seonchak.events.Event;
import java.time.Instant;
import java.util.UUID;

/** What was bought is on its way. */
public record OrderShipped(
    UUID orderId,
    UUID dropId,
    UUID buyerId,
    String carrier,
    String trackingNumber,
    Instant shippedAt)
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
