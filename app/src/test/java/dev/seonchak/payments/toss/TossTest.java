package dev.seonchak.payments.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.Gateway.Cancelled;
import dev.seonchak.payments.Gateway.Captured;
import dev.seonchak.payments.Gateway.Declined;
import dev.seonchak.payments.Gateway.NoAnswer;
import dev.seonchak.payments.Gateway.Ready;
import dev.seonchak.payments.Gateway.Refused;
import dev.seonchak.payments.Gateway.StillOpen;
import dev.seonchak.payments.OneAnswer;
import dev.seonchak.payments.Payment;
import dev.seonchak.payments.PaymentLimits;
import dev.seonchak.payments.Wire;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** How each answer that Toss Payments can give is understood. */
class TossTest {
  private static final PaymentLimits LIMITS =
      new PaymentLimits(
          20,
          64,
          16,
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          4096,
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMinutes(1),
          Duration.ofDays(7),
          Duration.ZERO,
          64 * 1024,
          8,
          Duration.ofSeconds(1));

  private static final UUID ORDER = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final UUID REFUND = UUID.fromString("00000000-0000-7000-8000-000000000009");
  private static final Wire WIRE = new Wire(LIMITS);
  private static final Payment PAYMENT = payment(null);
  private static final String NUMBER = TossOrderId.of(PAYMENT);

  private static Payment payment(@Nullable String gatewayId) {
    return new Payment(
        new PaymentId(UUID.fromString("00000000-0000-7000-8000-000000000003")),
        new OrderId(ORDER),
        new AccountId(UUID.fromString("00000000-0000-7000-8000-000000000002")),
        "toss",
        Payment.State.APPROVING,
        new Money(5000),
        Money.ZERO,
        Money.ZERO,
        gatewayId,
        "key-1",
        "return",
        null,
        0,
        false);
  }

  @AfterAll
  static void close() {
    WIRE.close();
  }

  private static Toss toss(URI address) {
    return new Toss(new TossSettings(address, "secret-1", "client", address), WIRE);
  }

  private static <T> T asked(OneAnswer server, int calls, Function<Gateway, T> call) {
    try (server) {
      var result = call.apply(toss(server.address()));
      assertThat(server.calls()).isEqualTo(calls);
      return result;
    }
  }

  private static Gateway.Approval approve(OneAnswer server) {
    return asked(server, 1, gateway -> gateway.approve(PAYMENT));
  }

  private static Gateway.Finding query(OneAnswer server) {
    return query(server, 1);
  }

  private static Gateway.Finding query(OneAnswer server, int calls) {
    return asked(server, calls, gateway -> gateway.query(PAYMENT));
  }

  private static Gateway.Cancellation cancel(OneAnswer server) {
    return asked(
        server,
        1,
        gateway -> gateway.cancel(payment("key-1"), REFUND, new Money(1), new Money(5000)));
  }

  private static String body(String status, long total, long left) {
    return """
    {"paymentKey":"key-1","orderId":"%s","currency":"KRW","status":"%s","totalAmount":%d,
     "balanceAmount":%d,"failure":null,"new_field":[1]}
    """
        .formatted(NUMBER, status, total, left);
  }

  @Test
  void readsAnApproval() throws IOException {
    assertThat(approve(OneAnswer.whole(200, body("DONE", 5000, 5000))))
        .isEqualTo(new Captured(new Money(5000), new Money(5000), NUMBER, "key-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "403,REJECT_CARD_COMPANY",
    "400,REJECT_CARD_PAYMENT",
    "400,INVALID_REQUEST",
    "400,INVALID_STOPPED_CARD",
    "400,EXCEED_MAX_CARD_INSTALLMENT_PLAN",
    "403,EXCEED_MAX_AMOUNT",
    "404,NOT_FOUND_PAYMENT_SESSION",
    "404,NOT_FOUND_PAYMENT",
    "401,UNAUTHORIZED_KEY",
    "403,FORBIDDEN_REQUEST",
    "400,BELOW_MINIMUM_AMOUNT"
  })
  void takesADefiniteRefusalForANo(int status, String code) throws IOException {
    assertThat(approve(OneAnswer.whole(status, error(code))))
        .isEqualTo(new Declined("status " + status + ", code " + code + ": no"));
  }

  private static String error(String code) {
    return "{\"code\":\"" + code + "\",\"message\":\"no\"}";
  }

  @ParameterizedTest
  @CsvSource({
    "400,ALREADY_PROCESSED_PAYMENT",
    "400,ALREADY_COMPLETED_PAYMENT",
    "400,DUPLICATED_ORDER_ID",
    "400,PROVIDER_ERROR",
    "409,IDEMPOTENT_REQUEST_PROCESSING",
    "409,INVALID_REQUEST",
    "429,INVALID_REQUEST",
    "500,REJECT_CARD_COMPANY",
    "500,FAILED_INTERNAL_SYSTEM_PROCESSING",
    "400,SOMETHING_NEW"
  })
  void takesAnErrorThatMayHideACaptureForNoAnswer(int status, String code) throws IOException {
    assertThat(approve(OneAnswer.whole(status, error(code)))).isInstanceOf(NoAnswer.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|",
        "200|[]",
        "200|{}",
        "200|<html>",
        "200|{\"status\":\"DONE\"}",
        "200|{\"status\":\"DONE\",\"orderId\":\"o\",\"totalAmount\":\"5000\",\"balanceAmount\":0}",
        "200|{\"status\":\"WAITING_FOR_DEPOSIT\"}",
        "200|{\"status\":\"IN_PROGRESS\"}",
        "302|{}",
        "400|<html>",
        "400|{}",
        "503|"
      })
  void takesAnAnswerThatSaysNothingForNone(int status, String body) throws IOException {
    assertThat(approve(OneAnswer.whole(status, body == null ? " " : body)))
        .isInstanceOf(NoAnswer.class);
  }

  @Test
  void takesHalfAnAnswerForNone() throws IOException {
    assertThat(approve(OneAnswer.cut(body("DONE", 5000, 5000)))).isInstanceOf(NoAnswer.class);
    assertThat(approve(OneAnswer.stuck(body("DONE", 5000, 5000)))).isInstanceOf(NoAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"READY", "IN_PROGRESS", "WAITING_FOR_DEPOSIT"})
  void findsASessionThatMayStillCapture(String status) throws IOException {
    assertThat(query(OneAnswer.whole(200, body(status, 5000, 5000))))
        .isEqualTo(new StillOpen(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABORTED", "EXPIRED"})
  void findsADefiniteNo(String status) throws IOException {
    assertThat(query(OneAnswer.whole(200, body(status, 5000, 5000)))).isInstanceOf(Declined.class);
  }

  @ParameterizedTest
  @CsvSource({"DONE,5000", "PARTIAL_CANCELED,2000", "CANCELED,0"})
  void findsACaptureAndWhatIsLeftOfIt(String status, long left) throws IOException {
    assertThat(query(OneAnswer.whole(200, body(status, 5000, left))))
        .isEqualTo(new Captured(new Money(5000), new Money(left), NUMBER, "key-1"));
  }

  @Test
  void doesNotTakeMoneyInAnotherCurrencyForOurs() throws IOException {
    var body = body("DONE", 5000, 5000).replace("KRW", "USD");
    var captured = (Captured) query(OneAnswer.whole(200, body));
    assertThat(captured.reference()).isNotEqualTo(NUMBER);
  }

  /** The key comes through the buyer's hands and may be that of somebody else's payment. */
  @Test
  void believesNothingAboutAPaymentThatIsNotTheAttempt() throws IOException {
    var other = body("DONE", 5000, 5000).replace(NUMBER, "another-number");
    assertThat(query(OneAnswer.whole(200, other), 2)).isInstanceOf(NoAnswer.class);
    Gateway.Cancellation cancellation =
        asked(
            OneAnswer.whole(200, other),
            1,
            gateway -> gateway.cancel(PAYMENT, REFUND, new Money(1), new Money(5000)));
    assertThat(cancellation).isInstanceOf(NoAnswer.class);
  }

  @Test
  void saysNoOnlyWhenNeitherKeyNorNumberIsKnown() throws IOException {
    assertThat(query(OneAnswer.whole(404, error("NOT_FOUND_PAYMENT")), 2))
        .isInstanceOf(Declined.class);
    assertThat(query(OneAnswer.whole(401, error("UNAUTHORIZED_KEY")))).isInstanceOf(NoAnswer.class);
    assertThat(query(OneAnswer.whole(404, error("NOT_FOUND")))).isInstanceOf(NoAnswer.class);
    assertThat(query(OneAnswer.whole(500, error("NOT_FOUND_PAYMENT"))))
        .isInstanceOf(NoAnswer.class);
  }

  @Test
  void understandsWhatACancellationAnswers() throws IOException {
    assertThat(cancel(OneAnswer.whole(200, body("PARTIAL_CANCELED", 5000, 4999))))
        .isEqualTo(new Cancelled(new Money(4999)));
    for (var code : new String[] {"ALREADY_CANCELED_PAYMENT", "NOT_CANCELABLE_AMOUNT"}) {
      assertThat(cancel(OneAnswer.whole(403, error(code)))).isInstanceOf(Refused.class);
    }
    for (var code : new String[] {"UNAUTHORIZED_KEY", "FORBIDDEN_REQUEST"}) {
      assertThat(cancel(OneAnswer.whole(403, error(code)))).isInstanceOf(NoAnswer.class);
    }
    assertThat(cancel(OneAnswer.whole(409, error("IDEMPOTENT_REQUEST_PROCESSING"))))
        .isInstanceOf(NoAnswer.class);
    assertThat(cancel(OneAnswer.whole(400, error("PROVIDER_ERROR")))).isInstanceOf(NoAnswer.class);
    assertThat(cancel(OneAnswer.whole(500, error("NOT_CANCELABLE_AMOUNT"))))
        .isInstanceOf(NoAnswer.class);
    assertThat(cancel(OneAnswer.whole(200, "{}"))).isInstanceOf(NoAnswer.class);
  }

  @Test
  void announcesNothingAndOpensThePageOfOurs() {
    var page = URI.create("http://shop.example/pay/t/widget");
    var purchase = new Gateway.Purchase(PAYMENT, "A lamp", 1, back(page));
    assertThat(toss(URI.create("http://localhost:1")).ready(purchase))
        .isEqualTo(new Ready(null, page, page));
  }

  private static Gateway.ReturnAddress back(URI page) {
    return new Gateway.ReturnAddress(page, page, page, page);
  }

  @Test
  void takesTheKeyOnlyWithOurNumberAndAmount() {
    var toss = toss(URI.create("http://localhost:1"));
    var right = Map.of("paymentKey", "tk_A-1", "orderId", NUMBER, "amount", "5000");
    assertThat(toss.proof(PAYMENT, right)).isEqualTo("tk_A-1");
    for (var wrong :
        new String[][] {
          {"amount", "4999"},
          {"amount", "05000"},
          {"amount", ""},
          {"orderId", ORDER.toString()},
          {"orderId", NUMBER + "A"},
          {"paymentKey", ""},
          {"paymentKey", "../orders"},
          {"paymentKey", "a b"},
          {"paymentKey", "키"},
          {"paymentKey", "x".repeat(201)}
        }) {
      var returned = new HashMap<>(right);
      returned.put(wrong[0], wrong[1]);
      assertThat(toss.proof(PAYMENT, returned)).as("%s=%s", wrong[0], wrong[1]).isNull();
    }
    assertThat(toss.proof(PAYMENT, Map.of())).isNull();
  }

  @Test
  void tellsTheBuyerWhoLeftFromTheOneWhoWasRefused() {
    var toss = toss(URI.create("http://localhost:1"));
    assertThat(toss.turnedBack(Map.of("code", "PAY_PROCESS_CANCELED")))
        .isEqualTo(Payment.Reason.CANCELLED);
    assertThat(toss.turnedBack(Map.of("code", "REJECT_CARD_COMPANY")))
        .isEqualTo(Payment.Reason.DECLINED);
    assertThat(toss.turnedBack(Map.of())).isEqualTo(Payment.Reason.DECLINED);
  }

  @Test
  void readsFromAWebhookOnlyWhichPaymentItSpeaksOf() {
    var toss = toss(URI.create("http://localhost:1"));
    var json = JsonMapper.shared();
    assertThat(toss.hinted(json.readTree("{\"data\":{\"orderId\":\"" + NUMBER + "\"}}")))
        .contains(PAYMENT.id());
    for (var other :
        new String[] {
          "{}",
          "[]",
          "1",
          "{\"data\":7}",
          "{\"data\":{\"orderId\":7}}",
          "{\"data\":{\"orderId\":\"" + ORDER + "_!!!!!!!!!!!!!!!!!!!!!!\"}}",
          "{\"data\":{\"orderId\":\"" + ORDER + "\"}}"
        }) {
      assertThat(toss.hinted(json.readTree(other))).as(other).isEmpty();
    }
  }

  @Test
  void numbersAnAttemptWithinWhatTheCompanyAllows() {
    assertThat(NUMBER).startsWith(ORDER + "_").matches("[A-Za-z0-9_-]{6,64}");
    assertThat(TossOrderId.payment(NUMBER)).contains(PAYMENT.id());
  }

  @Test
  void neverShowsTheKey() {
    var settings =
        new TossSettings(URI.create("http://localhost"), "secret-1", "C", URI.create("http://s"));
    assertThat(settings.toString()).doesNotContain("secret-1");
  }
}
