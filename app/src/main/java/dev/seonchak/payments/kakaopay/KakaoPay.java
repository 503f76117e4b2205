package dev.seonchak.payments.kakaopay;

import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Wire;
import dev.seonchak.payments.Wire.Answer;
import dev.seonchak.payments.Wire.Silence;
import dev.seonchak.shared.Money;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * KakaoPay's one-time payment: POST with JSON under {@code /online/v1/payment}, as documented at
 * developers.kakaopay.com. It has neither idempotency keys nor webhooks, so what became of a call
 * without an answer is found out with {@code order}.
 */
public final class KakaoPay implements Gateway {
  /** An attempt that the buyer has not finished by then can no longer be approved. */
  private static final Duration SESSION = Duration.ofMinutes(15);

  private static final int PROOF_CHARACTERS_MAX = 256;

  private final KakaoPaySettings settings;
  private final Wire wire;

  public KakaoPay(KakaoPaySettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
  }

  @Override
  public String name() {
    return "kakaopay";
  }

  @Override
  public String title() {
    return "KakaoPay";
  }

  @Override
  public Duration session() {
    return SESSION;
  }

  @Override
  public Duration answersWithin() {
    return wire.answersWithin();
  }

  @Override
  public String reference(Payment payment) {
    return reference(
        String.valueOf(payment.gatewayId()),
        payment.order().toString(),
        payment.buyer().toString());
  }

  private static String reference(String tid, String order, String user) {
    return tid + "/" + order + "/" + user;
  }

  @Override
  public @Nullable String proof(Payment payment, Map<String, String> returned) {
    var token = returned.get("pg_token");
    var usable =
        payment.gatewayId() != null
            && token != null
            && !token.isBlank()
            && token.length() <= PROOF_CHARACTERS_MAX
            && token.chars().allMatch(c -> c > ' ' && c < 127);
    return usable ? token : null;
  }

  @Override
  public Readiness ready(Purchase purchase) {
    var payment = purchase.payment();
    var body =
        Map.<String, Object>ofEntries(
            Map.entry("cid", settings.cid()),
            Map.entry("partner_order_id", payment.order().toString()),
            Map.entry("partner_user_id", payment.buyer().toString()),
            Map.entry("item_name", purchase.name()),
            Map.entry("quantity", purchase.quantity()),
            Map.entry("total_amount", payment.amount().amount()),
            Map.entry("tax_free_amount", 0),
            Map.entry("approval_url", purchase.back().approved().toString()),
            Map.entry("cancel_url", purchase.back().cancelled().toString()),
            Map.entry("fail_url", purchase.back().failed().toString()));
    return switch (post("ready", body)) {
      case Silence silence -> new NoAnswer(silence.why());
      case Answer answer when answer.ok() -> ready(answer.body());
      case Answer answer when answer.refuses() -> new Refused(KakaoPayError.of(answer).text());
      case Answer answer -> new NoAnswer(KakaoPayError.of(answer).text());
    };
  }

  private static Readiness ready(JsonNode body) {
    var tid = text(body, "tid");
    var desktop = address(body, "next_redirect_pc_url");
    var phone = address(body, "next_redirect_mobile_url");
    return tid.isEmpty() || desktop.isEmpty()
        ? new NoAnswer("ready was answered without tid or address")
        : new Ready(tid.get(), desktop.get(), phone.orElse(desktop.get()));
  }

  @Override
  public Approval approve(Payment payment) {
    var body =
        Map.<String, Object>of(
            "cid", settings.cid(),
            "tid", String.valueOf(payment.gatewayId()),
            "partner_order_id", payment.order().toString(),
            "partner_user_id", payment.buyer().toString(),
            "pg_token", String.valueOf(payment.proof()));
    return switch (post("approve", body)) {
      case Silence silence -> new NoAnswer(silence.why());
      case Answer answer when answer.ok() -> approved(answer.body());
      case Answer answer -> {
        var error = KakaoPayError.of(answer);
        yield error.nothingCaptured() ? new Declined(error.text()) : new NoAnswer(error.text());
      }
    };
  }

  private static Approval approved(JsonNode body) {
    var amount = amount(body, "amount");
    var reference = reference(body);
    return amount.isEmpty() || reference.isEmpty()
        ? new NoAnswer("approve was answered without amount or purchase")
        : new Captured(amount.get(), amount.get(), reference.get());
  }

  @Override
  public Finding query(Payment payment) {
    var body =
        Map.<String, Object>of("cid", settings.cid(), "tid", String.valueOf(payment.gatewayId()));
    return switch (post("order", body)) {
      case Silence silence -> new NoAnswer(silence.why());
      case Answer answer when answer.ok() -> found(answer.body());
      case Answer answer -> {
        var error = KakaoPayError.of(answer);
        yield error.noSuchPayment() ? new Declined(error.text()) : new NoAnswer(error.text());
      }
    };
  }

  private static Finding found(JsonNode body) {
    var status = text(body, "status").orElse("");
    return switch (status) {
      case "READY", "OPEN_PAYMENT", "SELECT_METHOD", "AUTH_PASSWORD" -> new StillOpen(status);
      case "FAIL_AUTH_PASSWORD", "QUIT_PAYMENT", "FAIL_PAYMENT" -> new Declined(status);
      case "SUCCESS_PAYMENT", "PART_CANCEL_PAYMENT", "CANCEL_PAYMENT" -> captured(body, status);
      default -> new NoAnswer("order was answered with status '" + status + "'");
    };
  }

  private static Finding captured(JsonNode body, String status) {
    var amount = amount(body, "amount");
    var left = body.path("cancel_available_amount").path("total").longValueOpt();
    return amount.isEmpty() || left.isEmpty() || left.getAsLong() < 0
        ? new NoAnswer("order was answered with " + status + " without amounts")
        : new Captured(amount.get(), new Money(left.getAsLong()), reference(body).orElse(null));
  }

  @Override
  public Cancellation cancel(Payment payment, UUID refund, Money amount, Money left) {
    var body =
        Map.<String, Object>of(
            "cid", settings.cid(),
            "tid", String.valueOf(payment.gatewayId()),
            "cancel_amount", amount.amount(),
            "cancel_tax_free_amount", 0,
            "cancel_available_amount", left.amount());
    return switch (post("cancel", body)) {
      case Silence silence -> new NoAnswer(silence.why());
      case Answer answer when answer.ok() -> cancelled(answer.body());
      case Answer answer -> {
        var error = KakaoPayError.of(answer);
        yield error.isFinal() ? new Refused(error.text()) : new NoAnswer(error.text());
      }
    };
  }

  private static Cancellation cancelled(JsonNode body) {
    var left = body.path("cancel_available_amount").path("total").longValueOpt();
    return left.isEmpty() || left.getAsLong() < 0
        ? new NoAnswer("cancel was answered without what is left")
        : new Cancelled(new Money(left.getAsLong()));
  }

  private Wire.Heard post(String call, Map<String, Object> body) {
    var base = settings.baseUrl().toString();
    var root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return wire.post(
        URI.create(root + "/online/v1/payment/" + call),
        Map.of("Authorization", "SECRET_KEY " + settings.secretKey()),
        body);
  }

  private static Optional<String> reference(JsonNode body) {
    return text(body, "tid")
        .flatMap(tid ->
            text(body, "partner_order_id")
                .flatMap(order ->
                    text(body, "partner_user_id").map(user -> reference(tid, order, user))));
  }

  /** A captured amount is never nothing. */
  private static Optional<Money> amount(JsonNode body, String name) {
    var total = body.path(name).path("total").longValueOpt();
    return total.isPresent() && total.getAsLong() > 0
        ? Optional.of(new Money(total.getAsLong()))
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode body, String name) {
    return body.path(name).stringValueOpt().filter(text -> !text.isEmpty());
  }

  private static Optional<URI> address(JsonNode body, String name) {
    return text(body, name)
        .filter(text -> text.startsWith("https://") || text.startsWith("http://"))
        .flatMap(text -> {
          try {
            return Optional.of(URI.create(text));
          } catch (IllegalArgumentException _) {
            return Optional.empty();
          }
        });
  }
}
