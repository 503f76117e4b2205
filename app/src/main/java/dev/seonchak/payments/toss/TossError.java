package dev.seonchak.payments.toss;

import dev.seonchak.payments.Wire.Answer;
import java.util.Set;

/**
 * A refusal as Toss Payments tells it, {@code {code, message}}.
 *
 * @param code a word in capitals, empty when the answer carries none
 */
record TossError(int status, String code, String message) {
  /**
   * Codes that say for certain that this confirmation captured nothing, besides those that begin
   * like {@link #DEFINITE_BEGINNINGS}. Not among them are {@code ALREADY_PROCESSED_PAYMENT}, {@code
   * ALREADY_COMPLETED_PAYMENT}, {@code DUPLICATED_ORDER_ID}, {@code PROVIDER_ERROR} and {@code
   * IDEMPOTENT_REQUEST_PROCESSING}, which all may mean that money was captured.
   */
  private static final Set<String> DEFINITE =
      Set.of(
          "NOT_FOUND_PAYMENT",
          "NOT_FOUND_PAYMENT_SESSION",
          "UNAUTHORIZED_KEY",
          "INCORRECT_BASIC_AUTH_FORMAT",
          "FORBIDDEN_REQUEST",
          "BELOW_MINIMUM_AMOUNT",
          "NOT_ALLOWED_POINT_USE",
          "NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT",
          "NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN",
          "EXCEED_MAX_AMOUNT");

  private static final Set<String> DEFINITE_BEGINNINGS =
      Set.of("REJECT_", "INVALID_", "EXCEED_MAX_");

  /** What a cancellation is refused with for good; a key that is not taken is ours to mend. */
  private static final Set<String> NOT_CANCELABLE =
      Set.of(
          "ALREADY_CANCELED_PAYMENT",
          "NOT_CANCELABLE_AMOUNT",
          "NOT_CANCELABLE_PAYMENT",
          "NOT_FOUND_PAYMENT");

  static TossError of(Answer answer) {
    var body = answer.body();
    return new TossError(
        answer.status(),
        body.path("code").asStringOpt().orElse(""),
        body.path("message").asStringOpt().orElse(""));
  }

  /** Whether a confirmation that was answered with this has certainly captured nothing. */
  boolean nothingCaptured() {
    return refuses() && (DEFINITE.contains(code) || begins());
  }

  /** Whether a query that was answered with this says that there is no such payment. */
  boolean noSuchPayment() {
    return status == 404 && code.startsWith("NOT_FOUND_PAYMENT");
  }

  /** Whether asking for the same cancellation again does not help. */
  boolean isFinal() {
    return refuses() && (NOT_CANCELABLE.contains(code) || code.startsWith("INVALID_"));
  }

  private boolean begins() {
    return DEFINITE_BEGINNINGS.stream().anyMatch(code::startsWith);
  }

  private boolean refuses() {
    return status >= 400 && status < 500 && status != 409 && status != 429;
  }

  String text() {
    return "status " + status + ", code " + code + ": " + message;
  }
}
