package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.postgres.PostgresUnsettled;
import dev.seonchak.shared.Money;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Webhooks hurry the question to the gateway, and do nothing else, whatever they say. */
class WebhooksIT {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(100);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @AfterEach
  void booksAgree() {
    Books.check(shop);
  }

  @Test
  void hurriesTheQuestionAboutMoneyThatNobodyExpects() {
    var back = shop.agreed(Shop.TOSS, LONG);
    shop.flip(back.order(), "approve", "done-late", 2_000);
    shop.comeBack(back);
    shop.reconciled(back, State.FAILED);
    askInAnHour(back);
    Waiting.until(() -> !shop.webhooks.about(back.order()).isEmpty());
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void hurriesTheQuestionAboutAnAnswerThatWasLost() {
    var back = shop.agreed(Shop.TOSS, LONG);
    shop.flip(back.order(), "approve", "in-progress", 500);
    shop.comeBack(back);
    askInAnHour(back);
    Waiting.until(() -> !shop.webhooks.about(back.order()).isEmpty());
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  private static void askInAnHour(Shop.Return back) {
    shop.database
        .sql(
            "update payments set ask_at = clock_timestamp() + interval '1 h' where return_token = ?")
        .param(back.token())
        .update();
  }

  private static boolean due(Shop.Return back) {
    return shop.database
        .sql(
            "select coalesce(ask_at <= clock_timestamp(), false) from payments where return_token = ?")
        .param(back.token())
        .query(Boolean.class)
        .single();
  }

  @Test
  void missesNothingWhenAWebhookIsLost() {
    var back = shop.agreed(Shop.TOSS, LONG);
    shop.flip(back.order(), "webhook", "lost", 0);
    shop.flip(back.order(), "approve", "done-lost", 0);
    shop.comeBack(back);
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.webhooks.about(back.order())).isEmpty();
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void doesNothingTwiceWhenAWebhookComesTwice() {
    var back = shop.agreed(Shop.TOSS, LONG);
    shop.flip(back.order(), "webhook", "doubled", 0);
    shop.flip(back.order(), "approve", "done-500", 0);
    shop.comeBack(back);
    Waiting.until(() -> shop.webhooks.about(back.order()).size() == 2);
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void isNotMisledByWebhooksInTheWrongOrder() {
    var back = shop.agreed(Shop.TOSS, LONG);
    shop.flip(back.order(), "webhook", "reordered", 0);
    var payment = shop.comeBack(back);
    assertThat(shop.refund(payment.id(), 12_000)).isTrue();
    shop.reconciled(back, State.REFUNDED);
    Waiting.until(() -> shop.webhooks.about(back.order()).size() == 2);
    var told = shop.webhooks.about(back.order());
    assertThat(told.getFirst()).contains("\"CANCELED\"");
    assertThat(told.getLast()).contains("\"DONE\"");
    shop.reconciler.pass();
    assertThat(shop.payment(back).state()).isEqualTo(State.REFUNDED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L, -12_000L);
    shop.orders.refunded(back.order());
  }

  @Test
  void believesNothingThatAForgedWebhookSays() {
    var back = shop.agreed(Shop.TOSS, LONG);
    shop.flip(back.order(), "webhook", "forged", 0);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.APPROVED);
    Waiting.until(() -> shop.webhooks.about(back.order()).size() == 3);
    shop.reconciler.pass();
    assertThat(shop.payment(back).state()).isEqualTo(State.APPROVED);
    assertThat(shop.payment(back).refunded()).isEqualTo(Money.ZERO);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void givesNobodyGoodsForAForgedCapture() {
    var buyer = shop.buyer();
    var order = shop.held(buyer, LONG);
    shop.started(Shop.TOSS, order, buyer);
    var payment = shop.payments.of(order).getFirst();
    var number = shop.toss.reference(payment);
    assertThat(told("{\"data\":{\"orderId\":\"" + number + "\",\"status\":\"DONE\"}}")).isTrue();
    shop.reconciler.pass();
    assertThat(shop.orders.state(order)).isEqualTo("PENDING");
    assertThat(shop.payments.of(order).getFirst().state()).isEqualTo(State.READY);
    // The gateway has been asked once and said that nothing has happened: it is left alone again.
    assertThat(
            shop.database
                .sql("select ask_at is null from payments where id = ?")
                .param(payment.id().value())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private static boolean told(String body) {
    return shop.hints.told(Shop.TOSS, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void leavesTheCallUnderWayAlone() {
    var back = shop.agreed(Shop.TOSS, LONG);
    var payment = shop.payment(back);
    assertThat(shop.orders.begin(payment.order())).isNotNull();
    assertThat(shop.payments.approving(payment.id(), "x", Duration.ofHours(1))).isTrue();
    told("{\"data\":{\"orderId\":\"" + shop.toss.reference(payment) + "\"}}");
    assertThat(due(back)).isFalse();
    shop.database
        .sql("update payments set proof = ?, ask_at = clock_timestamp() where id = ?")
        .param(back.parameters().get("paymentKey"))
        .param(payment.id().value())
        .update();
    shop.reconciled(back, State.APPROVED);
  }

  @Test
  void takesAnythingForAHintAndNothingForMore() {
    for (var body :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "\0",
            "{\"data\":null}",
            "x".repeat(70_000),
            "[".repeat(2_000))) {
      assertThat(told(body)).isTrue();
      assertThat(shop.hints.told("gold", body.getBytes(StandardCharsets.UTF_8))).isTrue();
    }
    assertThat(shop.hints.told(Shop.KAKAO_PAY, "{}".getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void refusesMoreThanItsBoundAtOnce() {
    var none =
        new PaymentLimits(
            20,
            64,
            16,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            64 * 1024,
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            Duration.ZERO,
            64 * 1024,
            0,
            Duration.ofSeconds(1));
    var hints =
        new Hints(
            new Gateways(List.of(shop.toss)),
            new PostgresUnsettled(shop.database),
            none,
            Ticker.disabledTicker());
    assertThat(hints.told(Shop.TOSS, new byte[0])).isFalse();
  }

  @Test
  void asksSeldomHoweverManyWebhooksCome() {
    var back = shop.agreed(Shop.TOSS, LONG);
    shop.flip(back.order(), "approve", "failed-lost", 0);
    shop.flip(back.order(), "webhook", "lost", 0);
    shop.comeBack(back);
    shop.reconciled(back, State.FAILED);
    askInAnHour(back);
    var hints =
        new Hints(
            new Gateways(List.of(shop.toss)),
            new PostgresUnsettled(shop.database),
            PaymentLimits.STANDARD,
            Ticker.disabledTicker());
    var body = "{\"data\":{\"orderId\":\"" + shop.toss.reference(shop.payment(back)) + "\"}}";
    hints.told(Shop.TOSS, body.getBytes(StandardCharsets.UTF_8));
    assertThat(due(back)).isTrue();
    shop.reconciler.pass();
    askInAnHour(back);
    for (int i = 0; i < 10; i++) {
      hints.told(Shop.TOSS, body.getBytes(StandardCharsets.UTF_8));
    }
    // Not now, and not forgotten either.
    assertThat(due(back)).isFalse();
    assertThat(
            shop.database
                .sql(
                    """
                    select ask_at < clock_timestamp() + interval '2 s'
                    from payments where return_token = ?
                    """)
                .param(back.token())
                .query(Boolean.class)
                .single())
        .isTrue();
  }
}
