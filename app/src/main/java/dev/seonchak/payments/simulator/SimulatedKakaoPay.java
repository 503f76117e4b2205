package dev.seonchak.payments.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** KakaoPay's four calls, as strict about what they are given as the real ones. */
final class SimulatedKakaoPay {
  static final String GATEWAY = "kakaopay";

  private static final Reply ERROR = Reply.error(500, -1, "internal error");
  private static final int NAME_CHARACTERS_MAX = 100;
  private static final int ADDRESS_CHARACTERS_MAX = 255;

  private final Books books;
  private final Switches switches;
  private final String cid;
  private final Supplier<String> words;
  private final Supplier<URI> address;

  /**
   * @param words hands out unguessable words
   * @param address where this server is reached
   */
  SimulatedKakaoPay(
      Books books, Switches switches, String cid, Supplier<String> words, Supplier<URI> address) {
    this.books = books;
    this.switches = switches;
    this.cid = cid;
    this.words = words;
    this.address = address;
  }

  /** Answers one call; {@code testCode} forces a refusal with that code. */
  Reply answer(String call, JsonNode body, @Nullable String testCode) {
    if (testCode != null) {
      return Reply.refused(testCode, "asked for by the caller");
    }
    if (!body.path("cid").asString("").equals(cid)) {
      return Reply.error(400, -731, "invalid cid");
    }
    return switch (call) {
      case "ready" -> ready(body);
      case "approve" -> approve(body);
      case "order" -> order(body);
      case "cancel" -> cancel(body);
      default -> Reply.error(404, -404, "no such call");
    };
  }

  private Reply ready(JsonNode body) {
    var order = body.path("partner_order_id").asString("");
    var user = body.path("partner_user_id").asString("");
    var item = body.path("item_name").asString("");
    var quantity = body.path("quantity").intValueOpt().orElse(0);
    var amount = body.path("total_amount").longValueOpt().orElse(0);
    var taxFree = body.path("tax_free_amount").longValueOpt().orElse(-1);
    var names = List.of(order, user, item);
    var addresses =
        List.of(
            body.path("approval_url").asString(""),
            body.path("cancel_url").asString(""),
            body.path("fail_url").asString(""));
    if (!names.stream().allMatch(name -> fits(name, NAME_CHARACTERS_MAX))
        || !addresses.stream().allMatch(url -> fits(url, ADDRESS_CHARACTERS_MAX) && isHttp(url))
        || quantity < 1) {
      return Reply.error(400, -2, "invalid parameter");
    }
    if (amount < 1 || taxFree < 0 || taxFree > amount) {
      return Reply.error(400, -722, "invalid amount");
    }
    var planned = switches.due(order, "ready");
    if (planned.isPresent() && planned.get().fault() == Fault.DECLINED) {
      return Reply.error(400, -797, "over the limit of one payment");
    }
    var purchase =
        new Purchase(
            order,
            user,
            item,
            quantity,
            amount,
            addresses.get(0),
            addresses.get(1),
            addresses.get(2));
    return Faults.around(planned.orElse(null), ERROR, () -> opened(purchase));
  }

  private Reply opened(Purchase purchase) {
    var tid = "T" + words.get();
    var page = words.get();
    books.add(purchase.opened(tid, GATEWAY, page));
    var session = books.byTid(tid).orElseThrow();
    return KakaoPayAnswers.ready(session, address.get() + "/pay/" + page);
  }

  private Reply approve(JsonNode body) {
    var found = books.byTid(body.path("tid").asString(""));
    if (found.isEmpty()) {
      return Reply.error(400, -721, "tid not found");
    }
    var session = found.get();
    if (!session.order().equals(body.path("partner_order_id").asString(""))) {
      return Reply.error(400, -706, "partner_order_id does not match");
    }
    if (!session.user().equals(body.path("partner_user_id").asString(""))) {
      return Reply.error(400, -707, "partner_user_id does not match");
    }
    if (session.isCaptured()) {
      return Reply.error(400, -702, "payment is already done!");
    }
    if (session.token() == null) {
      return Reply.error(400, -701, "the buyer has not agreed yet");
    }
    if (!session.token().equals(body.path("pg_token").asString(""))) {
      return Reply.olderError(400, -708, "invalid pg_token");
    }
    if (session.over()) {
      return Reply.error(400, -723, "payment session expired");
    }
    if (session.stage() != Stage.AGREED) {
      return Reply.error(400, -783, "not in a state to be approved: " + status(session));
    }
    return switches
        .due(session.order(), "approve")
        .map(planned -> approveFaultily(session, planned))
        .orElseGet(() -> captured(session, session.amount(), session.order()));
  }

  private Reply approveFaultily(Session session, Switch planned) {
    return switch (planned.fault()) {
      case WRONG_AMOUNT -> captured(session, session.amount() + 1, session.order());
      case WRONG_ORDER -> captured(session, session.amount(), "another-order");
      case ALREADY_PROCESSED -> {
        captured(session, session.amount(), session.order());
        yield Reply.error(400, -702, "payment is already done!");
      }
      case IN_PROGRESS -> {
        books.captureLater(session.tid(), Stage.AGREED, planned.delay());
        yield Reply.error(400, -785, "the same is being worked on");
      }
      case DONE_LATE -> {
        books.captureLater(session.tid(), Stage.FAILED, planned.delay());
        yield Reply.lost();
      }
      case FAILED_LOST -> {
        books.fail(session.tid());
        yield Reply.lost();
      }
      case DECLINED -> {
        books.fail(session.tid());
        yield Reply.refused("USER_LOCKED", "the card is locked");
      }
      default ->
          Faults.around(planned, ERROR, () -> captured(session, session.amount(), session.order()));
    };
  }

  private Reply captured(Session session, long amount, String orderInAnswer) {
    var aid = "A" + words.get();
    if (!books.capture(session.tid(), aid, amount)) {
      return Reply.error(400, -702, "payment is already done!");
    }
    return KakaoPayAnswers.approved(session, cid, aid, amount, orderInAnswer);
  }

  private Reply order(JsonNode body) {
    var found = books.byTid(body.path("tid").asString(""));
    if (found.isEmpty()) {
      return Reply.error(400, -721, "tid not found");
    }
    var session = found.get();
    return Faults.around(
        switches.due(session.order(), "order").orElse(null),
        ERROR,
        () -> KakaoPayAnswers.state(session, cid));
  }

  private Reply cancel(JsonNode body) {
    var found = books.byTid(body.path("tid").asString(""));
    if (found.isEmpty()) {
      return Reply.error(400, -721, "tid not found");
    }
    var session = found.get();
    var amount = body.path("cancel_amount").longValueOpt().orElse(0);
    var taxFree = body.path("cancel_tax_free_amount").longValueOpt().orElse(-1);
    if (amount < 1 || taxFree != 0) {
      return Reply.error(400, -722, "invalid amount");
    }
    if (session.left() == 0) {
      return Reply.error(400, -784, "not in a state to be cancelled: " + status(session));
    }
    var left = body.path("cancel_available_amount").longValueOpt().orElse(-1);
    var planned = switches.due(session.order(), "cancel");
    if (planned.isPresent() && planned.get().fault() == Fault.DECLINED) {
      return Reply.error(400, -781, "the cancellation failed");
    }
    return Faults.around(planned.orElse(null), ERROR, () -> cancelled(session, amount, left));
  }

  private Reply cancelled(Session session, long amount, long left) {
    var aid = "A" + words.get();
    if (!books.cancel(session.tid(), aid, amount, left)) {
      return Reply.error(400, -710, "more than what is left, or something else is left");
    }
    return KakaoPayAnswers.cancelled(books.byTid(session.tid()).orElseThrow(), cid, aid, amount);
  }

  /** Sends the browser back to the shop, by what the buyer decided first. */
  static Reply back(Session session) {
    return switch (session.stage()) {
      case DECLINED -> Reply.seeOther(session.failUrl());
      case QUIT -> Reply.seeOther(session.cancelUrl());
      default ->
          Reply.seeOther(
              session.approvalUrl(), Map.of("pg_token", String.valueOf(session.token())));
    };
  }

  private static String status(Session session) {
    return KakaoPayAnswers.status(session.stage());
  }

  private static boolean fits(String text, int charactersMax) {
    return !text.isBlank() && text.codePointCount(0, text.length()) <= charactersMax;
  }

  private static boolean isHttp(String url) {
    return url.startsWith("http://") || url.startsWith("https://");
  }
}
