package dev.seonchak.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/**
 * A fact, named in the past tense by its class ({@code OrderPaid}) and declared by the module that
 * owns the state; its record components are the JSON payload on Kafka.
 */
public interface Event {
  /**
   * The aggregate's kind in the plural, for example {@code orders}; the topic is {@code
   * seonchak.orders}.
   */
  @JsonIgnore
  String aggregate();

  /** The aggregate's id, the key on Kafka: events of one aggregate keep their order. */
  @JsonIgnore
  UUID aggregateId();
}
