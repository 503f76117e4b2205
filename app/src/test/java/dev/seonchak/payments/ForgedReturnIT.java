package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.payments.Payment.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a return address says came through the buyer's hands. */
class ForgedReturnIT {
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

  private static Payment comeBack(Shop.Return back, Map<String, String> changed) {
    var returned = new HashMap<>(back.parameters());
    returned.putAll(changed);
    return shop.settling.returned(back.token(), returned).orElseThrow();
  }

  @Test
  void keepsThePaymentOpenWhenTheReturnIsNotAboutIt() {
    var back = shop.agreed(Shop.TOSS, LONG);
    var other = shop.agreed(Shop.TOSS, LONG);
    for (var lie :
        Map.of(
                "amount",
                "1",
                "orderId",
                other.parameters().get("orderId"),
                "paymentKey",
                "../" + other.parameters().get("paymentKey"))
            .entrySet()) {
      assertThat(comeBack(back, Map.of(lie.getKey(), lie.getValue())).state())
          .as(lie.getKey())
          .isEqualTo(State.READY);
    }
    assertThat(shop.comeBack(back).state()).isEqualTo(State.APPROVED);
    assertThat(shop.comeBack(other).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void takesNothingForTheKeyOfAPaymentThatHasBeenMade() {
    var paid = shop.agreed(Shop.TOSS, LONG);
    assertThat(shop.comeBack(paid).state()).isEqualTo(State.APPROVED);
    var cheat = shop.agreed(Shop.TOSS, LONG);
    comeBack(cheat, Map.of("paymentKey", paid.parameters().get("paymentKey")));
    shop.reconciled(cheat, State.FAILED);
    // The first buyer keeps what was paid for, and nobody gets money back.
    assertThat(shop.payment(paid).state()).isEqualTo(State.APPROVED);
    assertThat(shop.ledger(paid.order())).containsExactly(12_000L);
    assertThat(shop.orders.state(cheat.order())).isEqualTo("PENDING");
    assertThat(shop.ledger(cheat.order())).isEmpty();
  }

  @Test
  void neverMovesTheMoneyOfAnotherPaymentWhenItsKeyIsBroughtAndTheAnswerIsLost() {
    var paid = shop.agreed(Shop.TOSS, LONG);
    assertThat(shop.comeBack(paid).state()).isEqualTo(State.APPROVED);
    var cheat = shop.agreed(Shop.TOSS, LONG);
    var payment = shop.payment(cheat);
    assertThat(shop.orders.begin(cheat.order())).isNotNull();
    // What is on record when the process ends before the confirmation was answered.
    shop.payments.approving(
        payment.id(), paid.parameters().get("paymentKey"), Duration.ofMillis(10));
    shop.reconciled(cheat, State.FAILED);
    assertThat(shop.ledger(paid.order())).containsExactly(12_000L);
    assertThat(shop.ledger(cheat.order())).isEmpty();
  }

  @Test
  void asksByItsOwnNumberWhenTheKeyIsUnknown() {
    var back = shop.agreed(Shop.TOSS, LONG);
    assertThat(comeBack(back, Map.of("paymentKey", "tk_nobody")).state()).isEqualTo(State.FAILED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PENDING");
    assertThat(shop.ledger(back.order())).isEmpty();
  }
}
