package dev.seonchak.payments.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Toss Payments' calls, as strict about what they are given as the real ones. */
final class SimulatedToss {
  static final String GATEWAY = "toss";

  private static final Reply ERROR =
      Reply.tossError(500, "FAILED_INTERNAL_SYSTEM_PROCESSING", "internal error");
  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_=-]{6,64}");
  private static final int NAME_CHARACTERS_MAX = 100;
  private static final int REASON_CHARACTERS_MAX = 200;
  private static final int IDEMPOTENCY_KEY_CHARACTERS_MAX = 300;

  private final Books books;
  private final Answered answered;
  private final Switches switches;
  private final Webhooks webhooks;
  private final Supplier<String> words;

  /**
   * @param words hands out unguessable words
   */
  SimulatedToss(
      Books books,
      Answered answered,
      Switches switches,
      Webhooks webhooks,
      Supplier<String> words) {
    this.books = books;
    this.answered = answered;
    this.switches = switches;
    this.webhooks = webhooks;
    this.words = words;
  }

  /** The buyer's browser comes from the widget; it goes on to the page where the buyer decides. */
  Reply widget(Map<String, String> asked, String clientKey) {
    var order = asked.getOrDefault("orderId", "");
    var name = asked.getOrDefault("orderName", "");
    var amount = asked.getOrDefault("amount", "");
    var success = asked.getOrDefault("successUrl", "");
    var fail = asked.getOrDefault("failUrl", "");
    if (!asked.getOrDefault("clientKey", "").equals(clientKey)
        || !ORDER_ID.matcher(order).matches()
        || name.isBlank()
        || name.codePointCount(0, name.length()) > NAME_CHARACTERS_MAX
        || !amount.matches("[1-9]\\d{0,11}")
        || !isHttp(success)
        || !isHttp(fail)) {
      return Reply.page(400, BuyerPage.over("The shop has asked for something wrong."));
    }
    var page = words.get();
    var purchase = new Purchase(order, "", name, 1, Long.parseLong(amount), success, fail, fail);
    books.add(purchase.opened("tk_" + words.get(), GATEWAY, page));
    return Reply.seeOther("/pay/" + page);
  }

  /** Sends the browser back to the shop, by what the buyer decided first. */
  static Reply back(Session session) {
    return switch (session.stage()) {
      case DECLINED -> failed(session, "REJECT_CARD_COMPANY", "the card company refused");
      case QUIT -> failed(session, "PAY_PROCESS_CANCELED", "the buyer left");
      default -> {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("paymentType", "NORMAL");
        parameters.put("orderId", session.order());
        parameters.put("paymentKey", session.tid());
        parameters.put("amount", Long.toString(session.amount()));
        yield Reply.seeOther(session.approvalUrl(), parameters);
      }
    };
  }

  private static Reply failed(Session session, String code, String message) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("code", code);
    parameters.put("message", message);
    parameters.put("orderId", session.order());
    return Reply.seeOther(session.failUrl(), parameters);
  }

  /**
   * Answers a POST below {@code /v1/payments}; {@code testCode} forces a refusal with that code.
   */
  Reply post(String path, JsonNode body, String idempotencyKey, @Nullable String testCode) {
    if (testCode != null) {
      return Reply.tossError(400, testCode, "asked for by the caller");
    }
    if (idempotencyKey.length() > IDEMPOTENCY_KEY_CHARACTERS_MAX) {
      return Reply.tossError(400, "INVALID_IDEMPOTENCY_KEY", "the key is too long");
    }
    // Without a key, no two requests are the same.
    var scope = path + " " + (idempotencyKey.isEmpty() ? words.get() : idempotencyKey);
    if (path.equals("confirm")) {
      return answered.once(scope, () -> confirm(body, scope));
    }
    if (path.endsWith("/cancel")) {
      var paymentKey = path.substring(0, path.length() - "/cancel".length());
      return answered.once(scope, () -> cancel(paymentKey, body, scope));
    }
    return Reply.tossError(404, "NOT_FOUND", "no such call");
  }

  /** Answers a GET below {@code /v1/payments}. */
  Reply get(String path) {
    var found =
        path.startsWith("orders/")
            ? books.byOrder(GATEWAY, path.substring("orders/".length()))
            : books.byTid(path).filter(SimulatedToss::isOurs);
    if (found.isEmpty()) {
      return Reply.tossError(404, "NOT_FOUND_PAYMENT", "no such payment");
    }
    return Faults.around(
        switches.due(found.get().order(), "order").orElse(null),
        ERROR,
        () -> Reply.json(200, payment(found.get())));
  }

  private Reply confirm(JsonNode body, String scope) {
    var found =
        books.byTid(body.path("paymentKey").asStringOpt().orElse("")).filter(SimulatedToss::isOurs);
    if (found.isEmpty()) {
      return Reply.tossError(404, "NOT_FOUND_PAYMENT", "no such payment");
    }
    var session = found.get();
    if (!session.order().equals(body.path("orderId").asStringOpt().orElse(""))
        || session.amount() != body.path("amount").longValueOpt().orElse(0)) {
      return Reply.tossError(403, "FORBIDDEN_REQUEST", "not what the buyer has agreed to");
    }
    if (session.isCaptured()) {
      return Reply.tossError(400, "ALREADY_PROCESSED_PAYMENT", "it has been processed");
    }
    if (books.byOrder(GATEWAY, session.order()).filter(Session::isCaptured).isPresent()) {
      return Reply.tossError(400, "DUPLICATED_ORDER_ID", "the number has been paid");
    }
    if (session.over() || session.stage() != Stage.AGREED) {
      return Reply.tossError(404, "NOT_FOUND_PAYMENT_SESSION", "not in progress, or no longer");
    }
    return switches
        .due(session.order(), "approve")
        .map(planned -> confirmFaultily(session, planned, scope))
        .orElseGet(() -> captured(session, session.amount(), scope));
  }

  private Reply confirmFaultily(Session session, Switch planned, String scope) {
    return switch (planned.fault()) {
      case WRONG_AMOUNT -> captured(session, session.amount() + 1, scope);
      case WRONG_ORDER -> {
        captured(session, session.amount(), scope);
        var answer = payment(books.byTid(session.tid()).orElseThrow());
        answer.put("orderId", "another-order");
        yield Reply.json(200, answer);
      }
      case ALREADY_PROCESSED -> {
        captured(session, session.amount(), scope);
        yield Reply.tossError(400, "ALREADY_PROCESSED_PAYMENT", "it has been processed");
      }
      case IN_PROGRESS -> {
        captureLater(session, Stage.AGREED, planned);
        yield Reply.tossError(409, "IDEMPOTENT_REQUEST_PROCESSING", "it is being worked on");
      }
      case DONE_LATE -> {
        captureLater(session, Stage.FAILED, planned);
        yield Reply.lost();
      }
      case FAILED_LOST -> {
        fail(session);
        yield Reply.lost();
      }
      case DECLINED -> {
        fail(session);
        yield Reply.tossError(403, "REJECT_CARD_COMPANY", "the card company refused");
      }
      default -> Faults.around(planned, ERROR, () -> captured(session, session.amount(), scope));
    };
  }

  private void captureLater(Session session, Stage stage, Switch planned) {
    books.captureLater(session.tid(), stage, planned.delay());
    webhooks.after(planned.delay(), () -> tell(session.tid()));
  }

  private void fail(Session session) {
    books.fail(session.tid());
    tell(session.tid());
  }

  private Reply captured(Session session, long amount, String scope) {
    if (!books.capture(session.tid(), "A" + words.get(), amount)) {
      return Reply.tossError(400, "ALREADY_PROCESSED_PAYMENT", "it has been processed");
    }
    return answered.keep(scope, Reply.json(200, tell(session.tid())));
  }

  private Reply cancel(String paymentKey, JsonNode body, String scope) {
    var found = books.byTid(paymentKey).filter(SimulatedToss::isOurs);
    if (found.isEmpty()) {
      return Reply.tossError(404, "NOT_FOUND_PAYMENT", "no such payment");
    }
    var session = found.get();
    var reason = body.path("cancelReason").asStringOpt().orElse("");
    var amount =
        body.has("cancelAmount")
            ? body.path("cancelAmount").longValueOpt().orElse(0)
            : session.left();
    if (reason.isBlank() || reason.length() > REASON_CHARACTERS_MAX) {
      return Reply.tossError(400, "INVALID_REQUEST", "a reason is wanted");
    }
    if (!session.isCaptured()) {
      return Reply.tossError(403, "NOT_CANCELABLE_PAYMENT", "nothing has been paid");
    }
    if (session.left() == 0) {
      return Reply.tossError(400, "ALREADY_CANCELED_PAYMENT", "all has gone back");
    }
    if (amount < 1 || amount > session.left()) {
      return Reply.tossError(403, "NOT_CANCELABLE_AMOUNT", "that much is not left");
    }
    var planned = switches.due(session.order(), "cancel");
    if (planned.isPresent() && planned.get().fault() == Fault.DECLINED) {
      return Reply.tossError(403, "NOT_CANCELABLE_PAYMENT", "the card company refused");
    }
    return Faults.around(planned.orElse(null), ERROR, () -> cancelled(session, amount, scope));
  }

  private Reply cancelled(Session session, long amount, String scope) {
    if (!books.cancel(session.tid(), "A" + words.get(), amount, -1)) {
      return Reply.tossError(403, "NOT_CANCELABLE_AMOUNT", "that much is not left");
    }
    return answered.keep(scope, Reply.json(200, tell(session.tid())));
  }

  /** Tells the shop how a payment stands, and gives the same back. */
  private Map<String, @Nullable Object> tell(String tid) {
    var session = books.byTid(tid).orElseThrow();
    var payment = payment(session);
    webhooks.changed(session, payment);
    return payment;
  }

  private Map<String, @Nullable Object> payment(Session session) {
    return TossAnswers.payment(session, books.cancels(session.tid()));
  }

  private static boolean isOurs(Session session) {
    return session.gateway().equals(GATEWAY);
  }

  private static boolean isHttp(String url) {
    return url.startsWith("http://") || url.startsWith("https://");
  }
}
