package dev.seonchak.events.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The names of the headers on our topics; all values are UTF-8 text. */
final class Headers {
  /** The event's id. */
  static final String ID = "id";

  /** The event's name, for example {@code OrderPaid}. */
  static final String TYPE = "type";

  /** When the event was written to the outbox. */
  static final String AT = "at";

  /** The only subscriber that it is for; on an event that is replayed. */
  static final String ONLY = "only";

  /** The subscriber that could not handle it; on an event that is set aside, as all below. */
  static final String SUBSCRIBER = "subscriber";

  static final String REASON = "reason";
  static final String ATTEMPTS = "attempts";
  static final String PARTITION = "partition";
  static final String OFFSET = "offset";

  private Headers() {}

  static @Nullable String text(ConsumerRecord<?, ?> message, String name) {
    var header = message.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
