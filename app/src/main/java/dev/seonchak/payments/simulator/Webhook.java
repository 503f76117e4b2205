package dev.seonchak.payments.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a webhook of Toss Payments says. */
final class Webhook {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Webhook() {}

  static String of(Session session, Map<String, @Nullable Object> payment) {
    return JSON.writeValueAsString(
        Map.of(
            "eventType",
            "PAYMENT_STATUS_CHANGED",
            "createdAt",
            session.createdAt().toLocalDateTime().toString(),
            "data",
            payment));
  }

  /**
   * The true one, after what somebody might send who wants goods for nothing, money back, or to do
   * harm.
   */
  static List<String> forgedBefore(Session session, Map<String, @Nullable Object> payment) {
    return List.of(
        altered(session, payment, Map.of("status", "DONE", "totalAmount", 1, "balanceAmount", 1)),
        altered(session, payment, Map.of("status", "CANCELED", "balanceAmount", 0)),
        altered(session, payment, Map.of("orderId", "nobody-has-this-number")),
        "{\"eventType\":\"PAYMENT_STATUS_CHANGED\",\"data\":[1,",
        "",
        of(session, payment));
  }

  private static String altered(
      Session session, Map<String, @Nullable Object> payment, Map<String, Object> lies) {
    var altered = new LinkedHashMap<>(payment);
    altered.putAll(lies);
    return of(session, altered);
  }
}
