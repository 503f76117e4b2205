package dev.seonchak.orders.http;

import dev.seonchak.engine.Reason;
import dev.seonchak.orders.GivingBack;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Placed;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.Problem;
import dev.seonchak.shared.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Every refusal of an order, with its stable type. */
final class OrderProblems {
  private OrderProblems() {}

  static Refusal keyMissing() {
    return Problem.of(
            400,
            "idempotency-key-missing",
            "This needs a header Idempotency-Key: 1 to 128 visible ASCII characters.")
        .refusal();
  }

  static Refusal keyReused() {
    return Problem.of(422, "key-reused", "This Idempotency-Key was used for something else before.")
        .refusal();
  }

  static Refusal tooManyLines() {
    return Problem.invalid("lines", "An order has at most 20 lines.").refusal();
  }

  static Refusal invalidQuantity(int line, UUID item) {
    return Problem.of(
            422,
            "invalid-quantity",
            "A quantity is a whole number from 1, and one order is for at most 1,000 tickets.")
        .with("field", "lines[" + line + "].quantity")
        .with("itemId", item)
        .refusal();
  }

  static Refusal malformedAnswers(Map<String, String> reasons) {
    return Problem.of(422, "malformed-answers", "Some answers do not fit the form.")
        .with("answers", reasons)
        .refusal();
  }

  static Refusal invalid(Placed.Invalid invalid, OrderRequest request) {
    int line = invalid.line();
    String field = "lines[" + line + "]";
    return switch (invalid.fault()) {
      case NO_LINES -> Problem.invalid("lines", "An order has at least one line.").refusal();
      case TOO_MANY_LINES -> tooManyLines();
      case INVALID_QUANTITY -> invalidQuantity(line, item(request, line));
      case UNKNOWN_ITEM ->
          Problem.of(422, "unknown-item", "The drop has no such item.")
              .with("field", field + ".itemId")
              .with("itemId", item(request, line))
              .refusal();
      case REPEATED_ITEM ->
          Problem.of(422, "repeated-item", "An item appears in one line only.")
              .with("field", field + ".itemId")
              .with("itemId", item(request, line))
              .refusal();
      case AMOUNT_TOO_LARGE ->
          Problem.of(422, "amount-too-large", "The amount is larger than can be paid.")
              .with("field", field + ".quantity")
              .refusal();
      case UNKNOWN_COUPON ->
          Problem.of(422, "unknown-coupon", "You have no such coupon.")
              .with("field", "couponId")
              .refusal();
    };
  }

  private static UUID item(OrderRequest request, int line) {
    return request.wish().lines().get(line).item().value();
  }

  static Problem refused(Placed.Refused refused) {
    return problem(refused.reason()).with("itemId", refused.item().value());
  }

  private static Problem problem(Reason reason) {
    return switch (reason) {
      case UNKNOWN_POOL -> Problem.notFound("drop");
      case NOT_OPEN_YET -> Problem.of(409, "not-open-yet", "The drop is not open yet.");
      case CLOSED -> Problem.of(409, "closed", "The drop is closed.");
      case INVALID_QUANTITY ->
          Problem.of(422, "invalid-quantity", "A quantity is a whole number from 1.");
      case LIMIT_REACHED ->
          Problem.of(409, "limit-reached", "This is more than one person may have.");
      case TOO_MANY_UNPAID ->
          Problem.of(
              409,
              "too-many-unpaid",
              "Too many of your orders here were never paid; wait a while.");
      case SOLD_OUT -> Problem.of(409, "sold-out", "Not enough is left.");
    };
  }

  static Refusal unanswered() {
    return Problem.of(
            503,
            "unanswered",
            "Nobody knows in time what became of it; ask again with the same key.")
        .refusal();
  }

  static Refusal overloaded(Duration retryAfter) {
    return Problem.of(503, "overloaded", "Too many requests wait already; come back in a moment.")
        .with("retryAfterSeconds", Math.max(1, retryAfter.toSeconds()))
        .refusal();
  }

  static Refusal answersClosed(Order.State state) {
    return Problem.of(409, "answers-closed", "The answers no longer change.")
        .with("state", state)
        .refusal();
  }

  static Refusal formIncomplete(List<String> questions) {
    return Problem.of(409, "form-incomplete", "The form was complete and has to stay so.")
        .with("questions", questions)
        .refusal();
  }

  static Refusal cannotCancel(Order.State state) {
    return Problem.of(409, "cannot-cancel", "There is nothing to cancel any more.")
        .with("state", state)
        .refusal();
  }

  static Refusal cancellingOver(Instant since) {
    return Problem.of(409, "cancelling-over", "The time to cancel a paid order is over.")
        .with("since", since.toString())
        .refusal();
  }

  static Refusal tooManyRefunds() {
    return Problem.of(
            409,
            "too-many-refunds",
            "This order was refunded in many parts; give back all that is left.")
        .with("most", GivingBack.PARTS_MAX)
        .refusal();
  }

  static Refusal refundInProgress() {
    return Problem.of(409, "refund-in-progress", "An earlier refund is still on its way.")
        .refusal();
  }

  static Refusal cannotRefund(Order.State state) {
    return Problem.of(409, "cannot-refund", "Nothing of this order can be refunded.")
        .with("state", state)
        .refusal();
  }

  static Refusal refundTooLarge(Money left) {
    return Problem.of(422, "refund-too-large", "This is more than is left of what was paid.")
        .with("field", "amount")
        .with("left", left.amount())
        .refusal();
  }

  static Refusal cannotShip(Order.State state) {
    return Problem.of(409, "cannot-ship", "In this state the order cannot be shipped.")
        .with("state", state)
        .refusal();
  }

  static Refusal cannotDeliver(Order.State state) {
    return Problem.of(409, "cannot-deliver", "Only what was shipped is delivered.")
        .with("state", state)
        .refusal();
  }

  static Refusal notGoods() {
    return Problem.of(409, "not-goods", "Only goods are shipped.").refusal();
  }

  static Refusal paymentInProgress() {
    return Problem.of(409, "payment-in-progress", "The order is being paid at this moment.")
        .refusal();
  }
}
