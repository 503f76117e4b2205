package dev.seonchak.payments.kakaopay;

import dev.seonchak.payments.Wire.Answer;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A refusal as KakaoPay tells it: {@code error_code, error_message, extras} today, {@code code,
 * msg, extras} in the older form.
 *
 * @param code negative, or 0 when the answer carries none
 */
record KakaoPayError(int status, int code, String message) {
  private static final int NO_SUCH_PAYMENT = -721;
  private static final int SESSION_OVER = -723;

  /**
   * Codes that say for certain that this approval captured nothing: not authenticated yet, a value
   * that differs from {@code ready}, an unknown or expired attempt, wrong merchant data, refused by
   * the card or the balance, over a limit. Not among them are "already paid" (-702), "not in a
   * state to be approved" (-783) and "asked twice" (-785), which all may mean that money was
   * captured.
   */
  private static final Set<Integer> NOTHING_CAPTURED =
      Set.of(
          -701, -703, -704, -705, -706, -707, -708, -721, -722, -723, -724, -725, -726, -730, -731,
          -732, -733, -780, -797, -798, -799);

  /** "Asked twice": another call for the same payment is being worked on. */
  private static final int IN_PROGRESS = -785;

  static KakaoPayError of(Answer answer) {
    var body = answer.body();
    var code = first(body, "error_code", "code").intValueOpt().orElse(0);
    var message = first(body, "error_message", "msg").asStringOpt().orElse("");
    var extras = body.path("extras");
    var inner = extras.path("method_result_code").asStringOpt().orElse("");
    var innerMessage = extras.path("method_result_message").asStringOpt().orElse("");
    var text = (message + " " + inner + " " + innerMessage).strip();
    return new KakaoPayError(answer.status(), code, text);
  }

  private static JsonNode first(JsonNode body, String name, String olderName) {
    return body.has(name) ? body.path(name) : body.path(olderName);
  }

  /** Whether an approval that was answered with this has certainly captured nothing. */
  boolean nothingCaptured() {
    return refuses() && (NOTHING_CAPTURED.contains(code) || status == 401 || status == 403);
  }

  /** Whether a query that was answered with this says that there is no attempt to capture from. */
  boolean noSuchPayment() {
    return refuses() && (code == NO_SUCH_PAYMENT || code == SESSION_OVER);
  }

  /** Whether asking the same again does not help; a key that is not taken is ours to mend. */
  boolean isFinal() {
    var passing = status == 401 || status == 403 || status == 429 || code == IN_PROGRESS;
    return refuses() && code != 0 && !passing;
  }

  private boolean refuses() {
    return status >= 400 && status < 500;
  }

  String text() {
    return "status " + status + ", code " + code + ": " + message;
  }
}
