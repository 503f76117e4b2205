package dev.seonchak.payments.simulator;

import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What KakaoPay's calls answer when they succeed. */
final class KakaoPayAnswers {
  private KakaoPayAnswers() {}

  static Reply ready(Session session, String url) {
    return Reply.json(
        200,
        Map.of(
            "tid",
            session.tid(),
            "next_redirect_app_url",
            url,
            "next_redirect_mobile_url",
            url,
            "next_redirect_pc_url",
            url,
            "android_app_scheme",
            "simulator://pay/" + session.page(),
            "ios_app_scheme",
            "simulator://pay/" + session.page(),
            "created_at",
            time(session)));
  }

  static Reply approved(Session session, String cid, String aid, long amount, String order) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("aid", aid);
    answer.put("tid", session.tid());
    answer.put("cid", cid);
    answer.put("partner_order_id", order);
    answer.put("partner_user_id", session.user());
    answer.put("payment_method_type", "MONEY");
    answer.put(
        "amount",
        Map.of("total", amount, "tax_free", 0, "vat", amount / 11, "point", 0, "discount", 0));
    answer.put("item_name", session.item());
    answer.put("quantity", session.quantity());
    answer.put("created_at", time(session));
    answer.put("approved_at", time(session));
    return Reply.json(200, answer);
  }

  static Reply state(Session session, String cid) {
    var status = session.over() && !session.isCaptured() ? "FAIL_PAYMENT" : status(session.stage());
    var amount = session.isCaptured() ? session.captured() : session.amount();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("tid", session.tid());
    answer.put("cid", cid);
    answer.put("status", status);
    answer.put("partner_order_id", session.order());
    answer.put("partner_user_id", session.user());
    answer.put("amount", Map.of("total", amount, "tax_free", 0, "vat", amount / 11));
    answer.put("canceled_amount", Map.of("total", session.cancelled()));
    answer.put("cancel_available_amount", Map.of("total", session.left()));
    answer.put("created_at", time(session));
    return Reply.json(200, answer);
  }

  static Reply cancelled(Session now, String cid, String aid, long amount) {
    return Reply.json(
        200,
        Map.of(
            "aid", aid,
            "tid", now.tid(),
            "cid", cid,
            "status", status(now.stage()),
            "partner_order_id", now.order(),
            "partner_user_id", now.user(),
            "approved_cancel_amount", Map.of("total", amount),
            "canceled_amount", Map.of("total", now.cancelled()),
            "cancel_available_amount", Map.of("total", now.left()),
            "canceled_at", time(now)));
  }

  static String status(Stage stage) {
    return switch (stage) {
      case READY -> "READY";
      case OPENED -> "OPEN_PAYMENT";
      case AGREED -> "AUTH_PASSWORD";
      case CAPTURED -> "SUCCESS_PAYMENT";
      case PARTLY_RETURNED -> "PART_CANCEL_PAYMENT";
      case RETURNED -> "CANCEL_PAYMENT";
      case DECLINED -> "FAIL_AUTH_PASSWORD";
      case QUIT -> "QUIT_PAYMENT";
      case FAILED -> "FAIL_PAYMENT";
    };
  }

  /** KakaoPay writes Korean time without an offset. */
  private static String time(Session session) {
    return session
        .createdAt()
        .withOffsetSameInstant(ZoneOffset.ofHours(9))
        .truncatedTo(ChronoUnit.SECONDS)
        .toLocalDateTime()
        .toString();
  }
}
