package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.Money;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One switch of the simulator after the other, at every gateway: afterwards its books and ours
 * agree, and each capture has one paid order or one full refund.
 */
class SwitchesIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Shorter than "slow" lasts. */
  private static final PaymentLimits IMPATIENT =
      new PaymentLimits(
          20,
          64,
          16,
          Duration.ofSeconds(1),
          Duration.ofMillis(1_500),
          64 * 1024,
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          Duration.ofDays(7),
          Duration.ZERO,
          64 * 1024,
          8,
          Duration.ofSeconds(1));

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

  private static Stream<Arguments> with(String... faults) {
    return Stream.of(Shop.KAKAO_PAY, Shop.TOSS)
        .flatMap(gateway -> Stream.of(faults).map(fault -> Arguments.of(gateway, fault)));
  }

  static Stream<Arguments> unclear() {
    return with(
        "done-lost",
        "open-lost",
        "done-500",
        "open-500",
        "body-cut",
        "wrong-order",
        "already-processed",
        "in-progress");
  }

  @ParameterizedTest
  @MethodSource("unclear")
  void paysAfterAnApprovalThatSaysNothing(String gateway, String fault) {
    var back = shop.agreed(gateway, LONG);
    shop.flip(back.order(), "approve", fault, 300);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.UNKNOWN);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAYING");
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  static Stream<Arguments> questions() {
    return with("done-lost", "open-lost", "done-500", "open-500", "body-cut");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void asksAgainWhenAQuestionIsNotAnswered(String gateway, String fault) {
    var back = shop.agreed(gateway, LONG);
    shop.flip(back.order(), "approve", "done-lost", 0);
    shop.flip(back.order(), "order", fault, 0);
    shop.comeBack(back);
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  static Stream<Arguments> definite() {
    return with("declined", "failed-lost");
  }

  @ParameterizedTest
  @MethodSource("definite")
  void returnsToPendingAfterADefiniteNo(String gateway, String fault) {
    var back = shop.agreed(gateway, LONG);
    shop.flip(back.order(), "approve", fault, 0);
    shop.comeBack(back);
    shop.reconciled(back, State.FAILED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PENDING");
    assertThat(shop.ledger(back.order())).isEmpty();
    assertThat(shop.comeBack(shop.agreed(gateway, back.order(), back.buyer())).state())
        .isEqualTo(State.APPROVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void refundsWhatIsNotTheAmount(String gateway) {
    var back = shop.agreed(gateway, LONG);
    shop.flip(back.order(), "approve", "wrong-amount", 0);
    shop.comeBack(back);
    assertThat(shop.reconciled(back, State.REFUNDED).reason()).isEqualTo(Reason.MISMATCH);
    assertThat(shop.orders.state(back.order())).isEqualTo("PENDING");
    assertThat(shop.ledger(back.order())).containsExactly(12_001L, -12_001L);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void takesMoneyThatIsCapturedAMinuteAfterTheGatewaySaidNo(String gateway) {
    var back = shop.agreed(gateway, LONG);
    shop.flip(back.order(), "approve", "done-late", 60_000);
    shop.comeBack(back);
    shop.reconciled(back, State.FAILED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PENDING");
    passAMinute(back);
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void refundsMoneyThatIsCapturedAMinuteLaterWhenEverythingIsSold(String gateway) {
    var buyer = shop.buyer();
    var pool = shop.orders.pool(1);
    var order = shop.orders.held(pool, buyer, 12_000, LONG.toMillis());
    var back = shop.agreed(gateway, order, buyer);
    shop.flip(order, "approve", "done-late", 60_000);
    shop.comeBack(back);
    shop.reconciled(back, State.FAILED);
    shop.passDeadline(order);
    assertThat(shop.orders.expire(order)).isTrue();
    shop.orders.held(pool, shop.buyer(), 12_000, LONG.toMillis());
    passAMinute(back);
    assertThat(shop.reconciled(back, State.REFUNDED).reason()).isEqualTo(Reason.LATE);
    assertThat(shop.orders.state(order)).isEqualTo("EXPIRED");
    assertThat(shop.ledger(order)).containsExactly(12_000L, -12_000L);
  }

  /** Moves what is going to happen at the gateway, and when it is asked, from later to now. */
  private static void passAMinute(Shop.Return back) {
    shop.captureNow(back.order());
    shop.database
        .sql(
            """
            update payments set ask_at = clock_timestamp()
            where return_token = ? and ask_at is not null
            """)
        .param(back.token())
        .update();
  }

  static Stream<Arguments> cancellations() {
    return with("done-lost", "open-lost", "done-500", "open-500", "body-cut", "declined");
  }

  @ParameterizedTest
  @MethodSource("cancellations")
  void givesAPartBackOnceWhateverTheCancellationAnswers(String gateway, String fault) {
    var back = shop.agreed(gateway, LONG);
    var payment = shop.comeBack(back);
    shop.flip(back.order(), "cancel", fault, 0);
    assertThat(shop.refund(payment.id(), 5_000)).isTrue();
    assertThat(shop.reconciled(back, State.APPROVED).refunded()).isEqualTo(new Money(5_000));
    assertThat(shop.refund(payment.id(), 7_000)).isTrue();
    shop.reconciled(back, State.REFUNDED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L, -5_000L, -7_000L);
    shop.orders.refunded(back.order());
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void movesMoneyOnceWhenEachCallIsSlowerThanItsBound(String gateway) {
    try (var impatient = new Shop(10, IMPATIENT)) {
      var back = impatient.agreed(gateway, LONG);
      for (var call : new String[] {"approve", "order", "cancel"}) {
        impatient.flip(back.order(), call, "slow", 3_000);
      }
      assertThat(impatient.comeBack(back).state()).isEqualTo(State.UNKNOWN);
      var payment = impatient.reconciled(back, State.APPROVED);
      assertThat(impatient.refund(payment.id(), 5_000)).isTrue();
      assertThat(impatient.reconciled(back, State.APPROVED).refunded()).isEqualTo(new Money(5_000));
      assertThat(impatient.ledger(back.order())).containsExactly(12_000L, -5_000L);
      assertThat(impatient.refund(payment.id(), 7_000)).isTrue();
      impatient.reconciled(back, State.REFUNDED);
      assertThat(impatient.ledger(back.order())).containsExactly(12_000L, -5_000L, -7_000L);
      impatient.orders.refunded(back.order());
      Books.check(impatient);
    }
  }
}
