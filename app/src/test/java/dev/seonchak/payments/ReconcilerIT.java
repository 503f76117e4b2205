package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.seonchak.orders.Paying.Begun;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.postgres.PostgresUnsettled;
import dev.seonchak.shared.Money;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong on the wire, every capture ends in one paid order or one full refund. */
class ReconcilerIT {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(1000);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @AfterEach
  void booksAgree() {
    Books.check(shop);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "done-lost",
        "open-lost",
        "done-500",
        "open-500",
        "body-cut",
        "wrong-order",
        "already-processed"
      })
  void paysAfterAnAnswerThatSaysNothing(String fault) {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", fault, 0);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.UNKNOWN);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAYING");
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void releasesTheOrderOnceTheGatewaySaysADefiniteNo() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "failed-lost", 0);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.UNKNOWN);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAYING");
    shop.reconciled(back, State.FAILED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PENDING");
    assertThat(shop.ledger(back.order())).isEmpty();
  }

  @Test
  void keepsTheStockWhileTheGatewayIsSilent() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "done-lost", 0);
    for (int i = 0; i < 4; i++) {
      shop.flip(back.order(), "order", "open-lost", 0);
    }
    shop.comeBack(back);
    shop.reconciler.pass();
    shop.orders.dueIn(back.order(), 0);
    assertThat(shop.orders.expire(back.order())).isFalse();
    assertThat(shop.orders.state(back.order())).isEqualTo("PAYING");
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
  }

  @Test
  void refundsWhatIsNotTheAmountThatWasAsked() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "wrong-amount", 0);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.UNKNOWN);
    assertThat(shop.reconciled(back, State.REFUNDED).reason()).isEqualTo(Reason.MISMATCH);
    assertThat(shop.orders.state(back.order())).isEqualTo("PENDING");
    assertThat(shop.ledger(back.order())).containsExactly(12_001L, -12_001L);
  }

  @Test
  void waitsForAnApprovalThatIsBeingWorkedOn() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "in-progress", 700);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.UNKNOWN);
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void takesLateMoneyForAnOrderThatCanStillHaveIt() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "done-late", 60_000);
    shop.comeBack(back);
    shop.reconciled(back, State.FAILED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PENDING");
    shop.captureNow(back.order());
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
  }

  @Test
  void holdsAgainForLateMoney() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "done-late", 60_000);
    shop.comeBack(back);
    shop.reconciled(back, State.FAILED);
    shop.orders.dueIn(back.order(), 0);
    assertThat(shop.orders.expire(back.order())).isTrue();
    shop.captureNow(back.order());
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
  }

  @Test
  void refundsLateMoneyWhenEverythingIsSold() {
    var buyer = shop.buyer();
    var pool = shop.orders.pool(1);
    var back = shop.agreed(shop.orders.held(pool, buyer, 12_000, 60_000), buyer);
    shop.flip(back.order(), "approve", "done-late", 60_000);
    shop.comeBack(back);
    shop.reconciled(back, State.FAILED);
    shop.orders.dueIn(back.order(), 0);
    assertThat(shop.orders.expire(back.order())).isTrue();
    shop.orders.held(pool, shop.buyer(), 12_000, 60_000);
    shop.captureNow(back.order());
    assertThat(shop.reconciled(back, State.REFUNDED).reason()).isEqualTo(Reason.LATE);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L, -12_000L);
    assertThat(shop.orders.state(back.order())).isEqualTo("EXPIRED");
  }

  @Test
  void refundsASecondCaptureOfAnOrder() {
    var first = shop.agreed(LONG);
    shop.flip(first.order(), "approve", "done-late", 60_000);
    shop.comeBack(first);
    shop.reconciled(first, State.FAILED);
    var second = shop.agreed(first.order(), first.buyer());
    assertThat(shop.comeBack(second).state()).isEqualTo(State.APPROVED);
    shop.captureNow(first.order());
    shop.reconciled(first, State.REFUNDED);
    assertThat(shop.ledger(first.order())).containsExactly(12_000L, 12_000L, -12_000L);
    assertThat(shop.orders.state(first.order())).isEqualTo("PAID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"done-lost", "open-lost", "done-500", "open-500", "body-cut", "declined"})
  void refundsOnceWhateverTheCancellationAnswers(String fault) {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "wrong-amount", 0);
    shop.flip(back.order(), "cancel", fault, 0);
    shop.comeBack(back);
    shop.reconciled(back, State.REFUNDED);
    assertThat(shop.ledger(back.order())).containsExactly(12_001L, -12_001L);
  }

  @Test
  void refundsInParts() {
    var back = shop.agreed(LONG);
    var payment = shop.comeBack(back);
    assertThat(shop.refund(payment.id(), 12_001)).isFalse();
    assertThat(shop.refund(payment.id(), 5_000)).isTrue();
    assertThat(shop.refund(payment.id(), 5_000)).isFalse();
    assertThat(shop.reconciled(back, State.APPROVED).refunded()).isEqualTo(new Money(5_000));
    assertThat(shop.refund(payment.id(), 7_000)).isTrue();
    shop.reconciled(back, State.REFUNDED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L, -5_000L, -7_000L);
    shop.orders.refunded(back.order());
  }

  @Test
  void carriesOutARefundByWhatIsOnRecordThen() {
    var back = shop.agreed(LONG);
    var payment = shop.comeBack(back);
    assertThat(shop.refund(payment.id(), 3_000)).isTrue();
    var stale = shop.payment(back);
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.refund(payment.id(), 5_000)).isTrue();

    // Stood still since before the first refund.
    assertThat(shop.refunding.carryOut(stale, shop.kakaoPay)).isTrue();

    assertThat(shop.ledger(back.order())).containsExactly(12_000L, -3_000L, -5_000L);
    assertThat(shop.payment(back).refunded()).isEqualTo(new Money(8_000));
  }

  @Test
  void finishesWhatACrashLeftBeforeApproving() {
    var back = shop.agreed(LONG);
    crashAfterIntent(back);
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void finishesWhatACrashLeftAfterApproving() {
    var back = shop.agreed(LONG);
    crashAfterIntent(back);
    assertThat(shop.kakaoPay.approve(shop.payment(back))).isInstanceOf(Gateway.Captured.class);
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  /** Leaves exactly what is on record when a process ends between the intent and the call. */
  private static void crashAfterIntent(Shop.Return back) {
    var payment = shop.payment(back);
    assertThat(shop.orders.begin(payment.order())).isEqualTo(Begun.PAYING);
    assertThat(
            shop.payments.approving(
                payment.id(), back.parameters().get("pg_token"), Duration.ofMillis(50)))
        .isTrue();
  }

  @Test
  void asksAboutAPaymentInOneProcessOnly() throws Exception {
    var back = shop.agreed(LONG);
    crashAfterIntent(back);
    var unsettled = new PostgresUnsettled(shop.database);
    var taken = new AtomicInteger();
    Waiting.until(() -> due(back));
    try (var processes = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        var _ =
            processes.submit(() ->
                unsettled.takeDue("kakaopay", 100, Duration.ofSeconds(5)).stream()
                    .filter(payment -> payment.token().equals(back.token()))
                    .forEach(_ -> taken.incrementAndGet()));
      }
    }
    assertThat(taken).hasValue(1);
    shop.reconciled(back, State.APPROVED);
  }

  private static boolean due(Shop.Return back) {
    return shop.database
        .sql("select ask_at < clock_timestamp() from payments where return_token = ?")
        .param(back.token())
        .query(Boolean.class)
        .single();
  }

  @Test
  void alarmsWhenOneStaysOpenForAMinuteAlthoughTheGatewayAnswers() {
    var old = unanswered();
    openSince(old, 70);
    var other = unanswered();
    shop.flip(other.order(), "order", "open-500", 0);
    Waiting.until(() -> shop.reconciler.pass() > 0);
    shop.reconciler.watch();
    assertThat(shop.gauge("seonchak.payments.unanswered")).isEqualTo(2);
    assertThat(shop.gauge("seonchak.payments.overdue")).as("the gateway is down").isZero();
    shop.reconciled(other, State.APPROVED);
    shop.reconciler.watch();
    assertThat(shop.gauge("seonchak.payments.overdue")).as("the gateway is up").isEqualTo(1);
    openSince(old, 50);
    shop.reconciler.watch();
    assertThat(shop.gauge("seonchak.payments.overdue")).as("not for long").isZero();
    shop.database.sql("update payments set ask_at = now() where ask_at is not null").update();
    shop.reconciled(old, State.APPROVED);
  }

  private static Shop.Return unanswered() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "done-lost", 0);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.UNKNOWN);
    return back;
  }

  /** Nobody looks at it, as if a reconciler had forgotten it. */
  private static void openSince(Shop.Return back, int seconds) {
    shop.database
        .sql(
            """
            update payments
            set unanswered_since = clock_timestamp() - :seconds * interval '1 s',
                ask_at = clock_timestamp() + interval '1 hour'
            where return_token = :token
            """)
        .param("seconds", seconds)
        .param("token", back.token())
        .update();
  }

  @Test
  void endsSessionsThatNobodyCameBackFrom() {
    var buyer = shop.buyer();
    var order = shop.held(buyer, LONG);
    shop.started(order, buyer);
    shop.database
        .sql(
            "update payments set session_ends = clock_timestamp() - interval '1 s' where order_id = ?")
        .param(order.value())
        .update();
    shop.reconciler.watch();
    assertThat(shop.payments.of(order))
        .extracting(Payment::state, Payment::reason)
        .containsExactly(tuple(State.FAILED, Reason.SESSION_OVER));
  }

  @Test
  void refusesToChangeTheLedger() {
    shop.comeBack(shop.agreed(LONG));
    for (var change : new String[] {"update ledger set amount = 1", "delete from ledger"}) {
      assertThatThrownBy(() -> shop.database.sql(change).update())
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void alarmsAboutAGatewayThatIsNotConfiguredAnyMoreAndSettlesOnceItIsAgain() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "done-lost", 0);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.UNKNOWN);
    shop.database
        .sql(
            """
            update payments set ask_at = clock_timestamp() - interval '1 s',
                   unanswered_since = clock_timestamp() - interval '2 min'
            where id = ?
            """)
        .param(shop.payment(back).id().value())
        .update();
    var meters = new SimpleMeterRegistry();
    try (var without = shop.reconciler(List.of(shop.toss), meters)) {
      assertThat(without.pass()).isZero();
      without.watch();
      assertThat(
              meters
                  .get("seonchak.payments.overdue")
                  .tag("gateway", Shop.KAKAO_PAY)
                  .gauge()
                  .value())
          .isOne();
    }
    assertThat(shop.payment(back).state()).isEqualTo(State.UNKNOWN);

    shop.reconciler.pass();

    assertThat(shop.payment(back).state()).isEqualTo(State.APPROVED);
  }
}
