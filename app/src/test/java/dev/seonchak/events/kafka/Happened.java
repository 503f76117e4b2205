package dev.seonchak.events.kafka;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.seonchak.events.Event;
import java.util.UUID;

/** An event for tests: the number-th thing that happened to an aggregate. */
record Happened(UUID thing, int number) implements Event {
  @Override
  @JsonIgnore
  public String aggregate() {
    return "things";
  }

  @Override
  @JsonIgnore
  public UUID aggregateId() {
    return thing;
  }
}
