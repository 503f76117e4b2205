package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.payments.Gateway.Approval;
import dev.seonchak.payments.Gateway.Declined;
import dev.seonchak.payments.Gateway.StillOpen;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.postgres.PostgresUnsettled;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An approval captures and its answer is lost; the company does not know of it yet when it is
 * asked, and refuses to approve a second time.
 */
class SecondApprovalIT {
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

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void asksAgainWhenItSaysThatItHasBeenProcessed(String gateway) {
    var back = captured(gateway);
    assertThat(shop.settling.ask(taken(back), lagging(gateway, null))).isTrue();
    assertThat(shop.payment(back).state()).isEqualTo(State.UNKNOWN);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAYING");
    assertPaidOnce(back);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void asksBeforeItBelievesAFinalNo(String gateway) {
    var back = captured(gateway);
    var no = new Declined("the session is used up");
    assertThat(shop.settling.ask(taken(back), lagging(gateway, no))).isTrue();
    assertThat(shop.payment(back).state()).isEqualTo(State.APPROVED);
    assertPaidOnce(back);
  }

  /** The first caller stood still until others had approved; only then did its own call go out. */
  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void leavesThePaymentToWhoeverHasOvertakenTheCaller(String gateway) {
    var back = shop.agreed(gateway, Duration.ofMinutes(5));
    var proof = back.parameters().get(gateway.equals(Shop.TOSS) ? "paymentKey" : "pg_token");
    shop.orders.begin(back.order());
    shop.payments.approving(shop.payment(back).id(), proof, Duration.ofMillis(50));
    var before = shop.payment(back);
    shop.flip(back.order(), "approve", "done-lost", 0);
    shop.reconciled(back, State.UNKNOWN);

    shop.verdicts.declined(before, "the session is used up", false);

    assertThat(shop.payment(back).state()).isEqualTo(State.UNKNOWN);
    assertPaidOnce(back);
  }

  /** The company has the money, and its answer was lost. */
  private static Shop.Return captured(String gateway) {
    var back = shop.agreed(gateway, Duration.ofMinutes(5));
    shop.flip(back.order(), "approve", "done-lost", 0);
    assertThat(shop.comeBack(back).state()).isEqualTo(State.UNKNOWN);
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
    return back;
  }

  /** As the reconciler takes it to be looked at. */
  private static Payment taken(Shop.Return back) {
    var due = new ArrayList<Payment>();
    var unsettled = new PostgresUnsettled(shop.database);
    Waiting.until(() ->
        due.addAll(unsettled.takeDue(shop.payment(back).gateway(), 1, Duration.ofMinutes(1))));
    assertThat(due).extracting(Payment::token).containsExactly(back.token());
    return due.getFirst();
  }

  /**
   * The company, which says "still open" once.
   *
   * @param refusal what it says to the approval, null for whatever the simulator says
   */
  private static Gateway lagging(String name, @Nullable Approval refusal) {
    Gateway company = name.equals(Shop.TOSS) ? shop.toss : shop.kakaoPay;
    var behind = new AtomicBoolean(true);
    return (Gateway)
        Proxy.newProxyInstance(
            Gateway.class.getClassLoader(),
            new Class<?>[] {Gateway.class},
            (_, method, words) -> {
              if (method.getName().equals("query") && behind.getAndSet(false)) {
                return new StillOpen("IN_PROGRESS");
              }
              return method.getName().equals("approve") && refusal != null
                  ? refusal
                  : method.invoke(company, words);
            });
  }

  private static void assertPaidOnce(Shop.Return back) {
    shop.reconciled(back, State.APPROVED);
    assertThat(shop.orders.state(back.order())).isEqualTo("PAID");
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
    assertThat(booked(back)).isEqualTo(12_000);
    // Looking once more changes nothing.
    assertThat(shop.comeBack(back).state()).isEqualTo(State.APPROVED);
    shop.reconciler.pass();
    assertThat(shop.ledger(back.order())).containsExactly(12_000L);
    assertThat(booked(back)).isEqualTo(12_000);
  }

  private static long booked(Shop.Return back) {
    return shop.database
        .sql("select sum(amount) from ledger where payment_id = :id and account = 'GATEWAY'")
        .params(Map.of("id", shop.payment(back).id().value()))
        .query(Long.class)
        .single();
  }
}
