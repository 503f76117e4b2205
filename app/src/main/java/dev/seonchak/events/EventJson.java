package dev.seonchak.events;

import tools.jackson.databind.json.JsonMapper;

/**
 * How an event is written as JSON and read again. Apart from the mapper of the HTTP interface,
 * which refuses unknown fields: here a reader must take what a newer writer has added.
 */
public final class EventJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EventJson() {}

  /** The name of an event on the wire, for example {@code OrderPaid}. */
  public static String type(Class<? extends Event> event) {
    return event.getSimpleName();
  }

  public static String write(Event event) {
    return MAPPER.writeValueAsString(event);
  }

  /** Throws {@link tools.jackson.core.JacksonException} when the payload is not such an event. */
  public static <E extends Event> E read(byte[] payload, Class<E> type) {
    return MAPPER.readValue(payload, type);
  }
}
