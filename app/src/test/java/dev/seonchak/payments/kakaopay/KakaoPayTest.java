package dev.seonchak.payments.kakaopay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.Gateway.Captured;
import dev.seonchak.payments.Gateway.Declined;
import dev.seonchak.payments.Gateway.NoAnswer;
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
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How each answer that KakaoPay can give is understood. */
class KakaoPayTest {
  private static final UUID ORDER = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final UUID BUYER = UUID.fromString("00000000-0000-7000-8000-000000000002");
  private static final UUID REFUND = UUID.fromString("00000000-0000-7000-8000-000000000009");
  private static final Wire WIRE = wire(Duration.ofSeconds(20));

  private static final Payment PAYMENT =
      new Payment(
          new PaymentId(UUID.fromString("00000000-0000-7000-8000-000000000003")),
          new OrderId(ORDER),
          new AccountId(BUYER),
          "kakaopay",
          Payment.State.APPROVING,
          new Money(5000),
          Money.ZERO,
          Money.ZERO,
          "T1",
          "token",
          "return",
          null,
          0,
          false);

  private static final String APPROVED =
      """
      {"aid":"A1","tid":"T1","cid":"C","partner_order_id":"%s","partner_user_id":"%s",
       "payment_method_type":"CARD","amount":{"total":5000,"tax_free":0,"vat":455},"new_field":[1]}
      """
          .formatted(ORDER, BUYER);

  @AfterAll
  static void close() {
    WIRE.close();
  }

  private static Wire wire(Duration answer) {
    return new Wire(
        new PaymentLimits(
            20,
            64,
            16,
            Duration.ofSeconds(10),
            answer,
            4096,
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            Duration.ZERO,
            64 * 1024,
            8,
            Duration.ofSeconds(1)));
  }

  private static <T> T asked(OneAnswer server, Function<Gateway, T> call) {
    return asked(server, WIRE, call);
  }

  private static <T> T asked(OneAnswer server, Wire wire, Function<Gateway, T> call) {
    try (server) {
      var result = call.apply(new KakaoPay(new KakaoPaySettings(server.address(), "k", "C"), wire));
      assertThat(server.calls()).isEqualTo(1);
      return result;
    }
  }

  private static Gateway.Approval approve(OneAnswer server) {
    return asked(server, gateway -> gateway.approve(PAYMENT));
  }

  private static Gateway.Finding query(OneAnswer server) {
    return asked(server, gateway -> gateway.query(PAYMENT));
  }

  private static Gateway.Cancellation cancel(OneAnswer server) {
    return asked(server, gateway -> gateway.cancel(PAYMENT, REFUND, new Money(1), new Money(5000)));
  }

  @Test
  void readsAnApproval() throws IOException {
    assertThat(approve(OneAnswer.whole(200, APPROVED)))
        .isEqualTo(new Captured(new Money(5000), new Money(5000), "T1/" + ORDER + "/" + BUYER));
  }

  @ParameterizedTest
  @CsvSource({
    "400,-701",
    "400,-706",
    "400,-708",
    "400,-721",
    "400,-723",
    "400,-780",
    "400,-799",
    "401,-401",
    "403,-403"
  })
  void takesADefiniteRefusalInBothFormsForANo(int status, int code) throws IOException {
    var form = "{\"error_code\":" + code + ",\"error_message\":\"no\",\"extras\":{}}";
    var olderForm = "{\"code\":" + code + ",\"msg\":\"no\"}";
    assertThat(approve(OneAnswer.whole(status, form))).isInstanceOf(Declined.class);
    assertThat(approve(OneAnswer.whole(status, olderForm))).isInstanceOf(Declined.class);
  }

  @Test
  void keepsTheReasonThatTheCardCompanyGave() throws IOException {
    var body =
        """
        {"error_code":-780,"error_message":"approval failure!",
         "extras":{"method_result_code":"USER_LOCKED","method_result_message":"card is locked"}}
        """;
    assertThat(approve(OneAnswer.whole(400, body)))
        .isEqualTo(
            new Declined("status 400, code -780: approval failure! USER_LOCKED card is locked"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{\"error_code\":-702}",
        "400|{\"error_code\":-783}",
        "400|{\"code\":-785}",
        "400|{\"error_code\":-12345}",
        "400|{}",
        "429|{\"error_code\":-10}",
        "500|{\"error_code\":-780}",
        "503|",
        "200|",
        "200|[]",
        "200|{\"tid\":\"T1\"}",
        "200|{\"tid\":\"T1\",\"amount\":{\"total\":\"5000\"}}",
        "200|<html>",
        "302|{}",
        "400|<html>"
      })
  void takesAnAnswerThatSaysNothingForNone(int status, String body) throws IOException {
    assertThat(approve(OneAnswer.whole(status, body == null ? " " : body)))
        .isInstanceOf(NoAnswer.class);
  }

  @Test
  void takesHalfAnAnswerForNone() throws IOException {
    assertThat(approve(OneAnswer.cut(APPROVED))).isInstanceOf(NoAnswer.class);
  }

  @Test
  void boundsTheWholeAnswerInTime() throws IOException {
    try (var impatient = wire(Duration.ofMillis(500))) {
      var before = System.nanoTime();
      Gateway.Approval approval =
          asked(OneAnswer.stuck(APPROVED), impatient, gateway -> gateway.approve(PAYMENT));
      assertThat(approval).isInstanceOf(NoAnswer.class);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void boundsTheWholeAnswerInSize() throws IOException {
    var long0 = APPROVED.replace("[1]", "[" + "1,".repeat(5000) + "1]");
    assertThat(approve(OneAnswer.whole(200, long0))).isInstanceOf(NoAnswer.class);
  }

  @Test
  void saysNoAnswerWhenNobodyListens() throws IOException {
    URI nobody;
    try (var server = OneAnswer.whole(200, "{}")) {
      nobody = server.address();
    }
    var gateway = new KakaoPay(new KakaoPaySettings(nobody, "k", "C"), WIRE);
    assertThat(gateway.approve(PAYMENT)).isInstanceOf(NoAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"READY", "OPEN_PAYMENT", "SELECT_METHOD", "AUTH_PASSWORD"})
  void findsASessionThatMayStillCapture(String status) throws IOException {
    assertThat(query(OneAnswer.whole(200, "{\"status\":\"" + status + "\"}")))
        .isEqualTo(new StillOpen(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAIL_AUTH_PASSWORD", "QUIT_PAYMENT", "FAIL_PAYMENT"})
  void findsADefiniteNo(String status) throws IOException {
    assertThat(query(OneAnswer.whole(200, "{\"status\":\"" + status + "\"}")))
        .isEqualTo(new Declined(status));
  }

  @ParameterizedTest
  @CsvSource({"SUCCESS_PAYMENT,5000", "PART_CANCEL_PAYMENT,2000", "CANCEL_PAYMENT,0"})
  void findsACaptureAndWhatIsLeftOfIt(String status, long left) throws IOException {
    var body =
        """
        {"status":"%s","amount":{"total":5000},"cancel_available_amount":{"total":%d}}
        """
            .formatted(status, left);
    assertThat(query(OneAnswer.whole(200, body)))
        .isEqualTo(new Captured(new Money(5000), new Money(left), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|{\"status\":\"SOMETHING_NEW\"}",
        "200|{\"status\":\"SUCCESS_PAYMENT\"}",
        "200|{}",
        "401|{\"error_code\":-401}",
        "404|{}",
        "500|{\"error_code\":-721}"
      })
  void doesNotTakeAnUnclearFindingForANo(int status, String body) throws IOException {
    assertThat(query(OneAnswer.whole(status, body))).isInstanceOf(NoAnswer.class);
  }

  @Test
  void understandsWhatACancellationAnswers() throws IOException {
    assertThat(cancel(OneAnswer.whole(200, "{\"cancel_available_amount\":{\"total\":4999}}")))
        .isEqualTo(new Gateway.Cancelled(new Money(4999)));
    assertThat(cancel(OneAnswer.whole(400, "{\"error_code\":-710}"))).isInstanceOf(Refused.class);
    assertThat(cancel(OneAnswer.whole(401, "{\"error_code\":-401}"))).isInstanceOf(NoAnswer.class);
    assertThat(cancel(OneAnswer.whole(400, "{\"code\":-785}"))).isInstanceOf(NoAnswer.class);
    assertThat(cancel(OneAnswer.whole(500, "{}"))).isInstanceOf(NoAnswer.class);
    assertThat(cancel(OneAnswer.whole(200, "{}"))).isInstanceOf(NoAnswer.class);
  }

  @Test
  void neverShowsTheKey() {
    assertThat(new KakaoPaySettings(URI.create("http://localhost"), "secret-1", "C").toString())
        .doesNotContain("secret-1");
  }
}
