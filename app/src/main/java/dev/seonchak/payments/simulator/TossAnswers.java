package dev.seonchak.payments.simulator;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The object {@code Payment} of Toss Payments, version 2022-11-16. */
final class TossAnswers {
  private TossAnswers() {}

  /**
   * @param cancels what went back so far, oldest first
   */
  static Map<String, @Nullable Object> payment(Session session, List<Movement> cancels) {
    var total = session.isCaptured() ? session.captured() : session.amount();
    var answer = new LinkedHashMap<String, @Nullable Object>();
    answer.put("version", "2022-11-16");
    answer.put("paymentKey", session.tid());
    answer.put("orderId", session.order());
    answer.put("orderName", session.item());
    answer.put("currency", "KRW");
    answer.put("method", "카드");
    answer.put("totalAmount", total);
    answer.put("balanceAmount", session.isCaptured() ? session.left() : total);
    answer.put("status", status(session));
    answer.put("requestedAt", time(session.createdAt()));
    answer.put("approvedAt", session.isCaptured() ? time(session.createdAt()) : null);
    answer.put("cancels", cancels.isEmpty() ? null : cancels(session, cancels));
    answer.put("failure", session.stage() == Stage.FAILED ? failure() : null);
    answer.put("receipt", Map.of("url", "https://dashboard.example/receipt/" + session.tid()));
    return answer;
  }

  static String status(Session session) {
    if (session.over() && !session.isCaptured()) {
      return "EXPIRED";
    }
    return switch (session.stage()) {
      case READY, OPENED -> "READY";
      case AGREED -> "IN_PROGRESS";
      case CAPTURED -> "DONE";
      case PARTLY_RETURNED -> "PARTIAL_CANCELED";
      case RETURNED -> "CANCELED";
      case DECLINED, QUIT, FAILED -> "ABORTED";
    };
  }

  private static List<Map<String, Object>> cancels(Session session, List<Movement> cancels) {
    return cancels.stream()
        .map(one ->
            Map.<String, Object>of(
                "cancelAmount",
                one.amount(),
                "cancelReason",
                "asked for",
                "canceledAt",
                time(one.at()),
                "transactionKey",
                session.tid() + "-" + one.id()))
        .toList();
  }

  private static Map<String, Object> failure() {
    return Map.of("code", "REJECT_CARD_COMPANY", "message", "the card company refused");
  }

  /** Toss Payments writes Korean time with its offset. */
  private static String time(OffsetDateTime time) {
    return time.withOffsetSameInstant(ZoneOffset.ofHours(9))
        .truncatedTo(ChronoUnit.SECONDS)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }
}
