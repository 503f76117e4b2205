package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Starting.Outcome;
import dev.seonchak.shared.OrderId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Buyers pay through the real adapter, over HTTP, on a real database. */
class PayingIT {
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

  @Test
  void paysAnOrder() {
    var back = shop.agreed(LONG);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void paysAnOrderOverNothingWithoutAGateway() {
    var buyer = shop.buyer();
    var order = shop.orders.held(shop.orders.pool(1), buyer, 0, 60_000);
    assertThat(shop.starting.start(order, buyer, "kakaopay")).isInstanceOf(Outcome.Started.class);
    assertThat(shop.orders.state(order)).isEqualTo("PAID");
    assertThat(shop.ledger(order)).isEmpty();
  }

  @Test
  void returnsToPendingWhenTheGatewaySaysNo() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "declined", 0);
    assertThat(shop.comeBack(back))
        .extracting(Payment::state, Payment::reason)
        .containsExactly(State.FAILED, Reason.DECLINED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PENDING");
    var again = shop.agreed(back.order(), back.buyer());
    assertThat(shop.comeBack(again).state()).isEqualTo(State.APPROVED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void doesNotChargeABuyerWhoTurnsBack() {
    var buyer = shop.buyer();
    var order = shop.held(buyer, LONG);
    for (var decision : Map.of("decline", "fail", "close", "cancel").entrySet()) {
      var address = shop.browser.decide(shop.started(order, buyer), decision.getKey());
      assertThat(address.getPath()).endsWith("/" + decision.getValue());
      var payment = shop.settling.turnedBack(Browser.token(address), Reason.CANCELLED);
      assertThat(payment.orElseThrow().state()).isEqualTo(State.FAILED);
    }
    assertThat(shop.orders.state(order)).isEqualTo("PENDING");
    assertThat(shop.ledger(order)).isEmpty();
  }

  @Test
  void refusesWhatCannotBePaid() {
    var buyer = shop.buyer();
    var order = shop.held(buyer, LONG);
    assertThat(shop.starting.start(order, shop.buyer(), "kakaopay"))
        .isInstanceOf(Outcome.UnknownOrder.class);
    assertThat(shop.starting.start(new OrderId(UUID.randomUUID()), buyer, "kakaopay"))
        .isInstanceOf(Outcome.UnknownOrder.class);
    assertThat(shop.starting.start(order, buyer, "gold"))
        .isInstanceOf(Outcome.UnknownGateway.class);
    var paid = shop.agreed(order, buyer);
    shop.comeBack(paid);
    assertThat(shop.starting.start(order, buyer, "kakaopay"))
        .isInstanceOf(Outcome.NotPayable.class);
  }

  @Test
  void boundsHowOftenAnOrderIsTried() {
    var buyer = shop.buyer();
    var order = shop.held(buyer, LONG);
    for (int i = 0; i < 20; i++) {
      assertThat(shop.starting.start(order, buyer, "kakaopay")).isInstanceOf(Outcome.Started.class);
    }
    assertThat(shop.starting.start(order, buyer, "kakaopay")).isInstanceOf(Outcome.TooMany.class);
  }

  @Test
  void saysWhenTheGatewayDoesNotTakeThePayment() {
    var buyer = shop.buyer();
    var order = shop.held(buyer, LONG);
    for (var fault : new String[] {"done-lost", "done-500", "body-cut", "declined"}) {
      shop.flip(order, "ready", fault, 0);
      assertThat(shop.starting.start(order, buyer, "kakaopay"))
          .isInstanceOf(Outcome.Unavailable.class);
    }
    assertThat(shop.comeBack(shop.agreed(order, buyer)).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void capturesOnceHoweverOftenTheBuyerComesBack() throws Exception {
    var back = shop.agreed(LONG);
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        var _ =
            threads.submit(() -> {
              go.await();
              return shop.comeBack(back);
            });
      }
      go.countDown();
    }
    assertThat(shop.payment(back).state()).isEqualTo(State.APPROVED);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.APPROVED);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
  }

  @Test
  void capturesOnceWhenTwoTabsPayTheSameOrder() throws Exception {
    var first = shop.agreed(LONG);
    var tabs = new ArrayList<Shop.Return>();
    tabs.add(first);
    for (int i = 0; i < 7; i++) {
      tabs.add(shop.agreed(first.order(), first.buyer()));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var tab : tabs) {
        var _ = threads.submit(() -> shop.comeBack(tab));
      }
    }
    assertThat(shop.ledger(first.order())).containsExactly(12_000L);
    assertThat(shop.payments.of(first.order()))
        .filteredOn(payment -> payment.state() == State.APPROVED)
        .hasSize(1);
    // The tabs that came second end on a clear page of their own.
    for (var tab : tabs) {
      assertThat(shop.comeBack(tab).state()).isIn(State.APPROVED, State.FAILED);
    }
  }

  @Test
  void keepsThePaymentOpenWhenTheReturnCarriesNoProof() {
    var buyer = shop.buyer();
    var page = shop.started(shop.held(buyer, LONG), buyer);
    var address = shop.browser.decide(page, "approve");
    var token = Browser.token(address);
    for (var wrong : new String[] {"", " ", "a\nb", "x".repeat(300)}) {
      assertThat(shop.settling.returned(token, Map.of("pg_token", wrong)).orElseThrow().state())
          .isEqualTo(State.READY);
    }
    assertThat(shop.settling.returned(token, Map.of()).orElseThrow().state())
        .isEqualTo(State.READY);
    assertThat(shop.settling.returned(token, Browser.parameters(address)).orElseThrow().state())
        .isEqualTo(State.APPROVED);
  }

  @Test
  void knowsNoPaymentByAGuessedToken() {
    assertThat(shop.settling.returned("guessed", Map.of("pg_token", "x"))).isEmpty();
    assertThat(shop.settling.turnedBack("guessed", Reason.CANCELLED)).isEmpty();
  }

  @Test
  void holdsAgainForABuyerWhoComesBackTooLateWhileThereIsStock() {
    var back = shop.agreed(LONG);
    shop.orders.dueIn(back.order(), 0);
    assertThat(shop.orders.expire(back.order())).isTrue();
    assertThat(shop.comeBack(back).state()).isEqualTo(State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
  }

  @Test
  void doesNotChargeABuyerWhoComesBackTooLateForTheLastPiece() {
    var buyer = shop.buyer();
    var pool = shop.orders.pool(1);
    var back = shop.agreed(shop.orders.held(pool, buyer, 12_000, 60_000), buyer);
    shop.orders.dueIn(back.order(), 0);
    assertThat(shop.orders.expire(back.order())).isTrue();
    shop.orders.held(pool, shop.buyer(), 12_000, 60_000);
    assertThat(shop.comeBack(back))
        .extracting(Payment::state, Payment::reason)
        .containsExactly(State.FAILED, Reason.ORDER_EXPIRED);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.FAILED);
    assertThat(shop.orders.state(back.order())).isEqualTo("EXPIRED");
    assertThat(shop.ledger(back.order())).isEmpty();
  }

  @Test
  void neverExpiresAnOrderThatIsPaidInTheSameMoment() throws Exception {
    var returns = new ArrayList<Shop.Return>();
    for (int i = 0; i < 60; i++) {
      returns.add(shop.agreed(LONG));
    }
    for (int i = 0; i < returns.size(); i++) {
      shop.orders.dueIn(returns.get(i).order(), 5L * i);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var back : returns) {
        var _ =
            threads.submit(
                () -> Waiting.until(() -> shop.orders.expire(back.order()) || paid(back)));
        var _ = threads.submit(() -> shop.comeBack(back));
      }
    }
    for (var back : returns) {
      // A crowd on a busy machine may outlast the gateway's time limit, and then it is asked.
      if (shop.comeBack(back).state() != State.APPROVED) {
        shop.reconciled(back, State.APPROVED);
      }
      assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
      assertThat(shop.ledger(back.order())).containsExactly(12_000L);
    }
  }

  private static boolean paid(Shop.Return back) {
    return !shop.orders.state(back.order()).equals("PENDING");
  }

  @Test
  void buildsReturnAddressesFromThePublicAddressOnly() {
    var back = shop.agreed(LONG);
    assertThat(back.address().resolve("/")).isEqualTo(URI.create("http://shop.example/"));
    assertThat(back.token()).hasSizeGreaterThanOrEqualTo(22);
  }
}
