package dev.seonchak.payments.toss;

import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Wire;
import dev.seonchak.payments.Wire.Answer;
import dev.seonchak.payments.Wire.Silence;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.PaymentId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Toss Payments, version 2022-11-16, as documented at docs.tosspayments.com. The widget in a page
 * of ours sends the buyer back with a {@code paymentKey}, and nothing is captured until that is
 * confirmed. The key comes through the buyer's hands, so whatever it leads to counts only when the
 * company says that it belongs to the {@code orderId} that we gave this very attempt.
 */
public final class Toss implements Gateway {
  /** Half an hour to authenticate, and ten minutes to confirm. */
  private static final Duration SESSION = Duration.ofMinutes(40);

  /** Looking the payment up by our own number may have to come before or after another call. */
  private static final int CALLS_MAX = 2;

  private static final int KEY_CHARACTERS_MAX = 200;
  private static final Set<String> LEFT_BY_BUYER = Set.of("PAY_PROCESS_CANCELED", "USER_CANCEL");

  private final TossSettings settings;
  private final Wire wire;
  private final String authorization;

  public Toss(TossSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
    var pair = (settings.secretKey() + ":").getBytes(StandardCharsets.UTF_8);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String name() {
    return "toss";
  }

  @Override
  public String title() {
    return "Toss Payments";
  }

  @Override
  public Duration session() {
    return SESSION;
  }

  @Override
  public Duration answersWithin() {
    return wire.answersWithin().multipliedBy(CALLS_MAX);
  }

  @Override
  public String reference(Payment payment) {
    return TossOrderId.of(payment);
  }

  /** The buyer brings three things back, and two of them are ours to know better. */
  @Override
  public @Nullable String proof(Payment payment, Map<String, String> returned) {
    var key = returned.get("paymentKey");
    var ours =
        TossOrderId.of(payment).equals(returned.get("orderId"))
            && Long.toString(payment.amount().amount()).equals(returned.get("amount"));
    return ours && key != null && isKey(key) ? key : null;
  }

  /** It becomes part of an address. */
  private static boolean isKey(String key) {
    return !key.isEmpty()
        && key.length() <= KEY_CHARACTERS_MAX
        && key.chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-'));
  }

  @Override
  public Payment.Reason turnedBack(Map<String, String> returned) {
    return LEFT_BY_BUYER.contains(returned.getOrDefault("code", ""))
        ? Payment.Reason.CANCELLED
        : Payment.Reason.DECLINED;
  }

  @Override
  public Optional<PaymentId> hinted(JsonNode told) {
    return TossOrderId.payment(told.path("data").path("orderId").asStringOpt().orElse(""));
  }

  /** Nothing is announced: the company hears of the attempt when the widget is used. */
  @Override
  public Readiness ready(Purchase purchase) {
    return new Ready(null, purchase.back().page(), purchase.back().page());
  }

  @Override
  public Approval approve(Payment payment) {
    var body =
        Map.<String, Object>of(
            "paymentKey", String.valueOf(payment.proof()),
            "orderId", TossOrderId.of(payment),
            "amount", payment.amount().amount());
    // Each confirmation is a request of its own: the company captures a key once by itself, and a
    // repeated Idempotency-Key would be given a passing error again for 15 days.
    var key = "confirm-" + payment.id() + "-" + payment.asked();
    return switch (wire.post(address("confirm"), headers(key), body)) {
      case Silence silence -> new NoAnswer(silence.why());
      case Answer answer when answer.ok() -> approval(answer.body());
      case Answer answer -> {
        var error = TossError.of(answer);
        yield error.nothingCaptured() ? new Declined(error.text()) : new NoAnswer(error.text());
      }
    };
  }

  private static Approval approval(JsonNode body) {
    return switch (TossPayment.finding(body)) {
      case Captured captured -> captured;
      case Declined declined -> declined;
      case StillOpen open -> new NoAnswer("confirm was answered with status " + open.status());
      case NoAnswer none -> none;
    };
  }

  @Override
  public Finding query(Payment payment) {
    return switch (find(payment)) {
      case Silence silence -> new NoAnswer(silence.why());
      case Answer answer when answer.ok() && TossPayment.isOf(answer.body(), payment) ->
          TossPayment.finding(answer.body());
      case Answer answer when answer.ok() -> new NoAnswer("the answer is about another payment");
      case Answer answer -> {
        var error = TossError.of(answer);
        yield error.noSuchPayment() ? new Declined(error.text()) : new NoAnswer(error.text());
      }
    };
  }

  /**
   * Looks the attempt up by the key that the buyer brought, which names one authentication of
   * perhaps several. When there is none, or it is of something else, our own number decides.
   */
  private Wire.Heard find(Payment payment) {
    var key = payment.gatewayId() == null ? payment.proof() : payment.gatewayId();
    if (key != null) {
      var heard = wire.get(address(key), headers(null));
      var elsewhere =
          heard instanceof Answer answer
              && (TossError.of(answer).noSuchPayment()
                  || (answer.ok() && !TossPayment.isOf(answer.body(), payment)));
      if (!elsewhere) {
        return heard;
      }
    }
    return findByNumber(payment);
  }

  private Wire.Heard findByNumber(Payment payment) {
    return wire.get(address("orders/" + TossOrderId.of(payment)), headers(null));
  }

  @Override
  public Cancellation cancel(Payment payment, UUID refund, Money amount, Money left) {
    var idempotency = cancelKey(payment, refund, amount, left);
    if (payment.gatewayId() != null) {
      return cancel(payment.gatewayId(), payment, amount, idempotency);
    }
    return switch (findByNumber(payment)) {
      case Silence silence -> new NoAnswer(silence.why());
      case Answer answer when answer.ok() && TossPayment.isOf(answer.body(), payment) ->
          TossPayment.key(answer.body())
              .map(key -> cancel(key, payment, amount, idempotency))
              .orElseGet(() -> new NoAnswer("the payment was found without its key"));
      case Answer answer -> new NoAnswer(TossError.of(answer).text());
    };
  }

  private Cancellation cancel(
      String paymentKey, Payment payment, Money amount, String idempotency) {
    var body =
        Map.<String, Object>of(
            "cancelReason", "order " + payment.order(), "cancelAmount", amount.amount());
    return switch (wire.post(address(paymentKey + "/cancel"), headers(idempotency), body)) {
      case Silence silence -> new NoAnswer(silence.why());
      case Answer answer when answer.ok() ->
          TossPayment.left(answer.body())
              .<Cancellation>map(Cancelled::new)
              .orElseGet(() -> new NoAnswer("cancel was answered without what is left"));
      case Answer answer -> {
        var error = TossError.of(answer);
        yield error.isFinal() ? new Refused(error.text()) : new NoAnswer(error.text());
      }
    };
  }

  /**
   * Refund and what is left name the attempt: two that start from the same are the same, so a part
   * is given back once although the first call may still be under way. All that is left cannot be
   * given back twice anyway, and gets a key for each call, since a key is given its first answer
   * for 15 days.
   */
  private static String cancelKey(Payment payment, UUID refund, Money amount, Money left) {
    var key = "cancel-%s-%d-%d".formatted(refund, left.amount(), amount.amount());
    return amount.equals(left) ? key + "-" + payment.asked() : key;
  }

  private URI address(String rest) {
    var base = settings.baseUrl().toString();
    var root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(root + "/v1/payments/" + rest);
  }

  private Map<String, String> headers(@Nullable String idempotencyKey) {
    var headers = new HashMap<String, String>();
    headers.put("Authorization", authorization);
    if (idempotencyKey != null) {
      headers.put("Idempotency-Key", idempotencyKey);
    }
    return headers;
  }
}
