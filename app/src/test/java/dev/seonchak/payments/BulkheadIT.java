package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A gateway that is slow costs a refusal at once, and questions still get through. */
class BulkheadIT {
  @Test
  void refusesCallsBeyondItsBoundWithoutMakingThem() throws Exception {
    try (var shop = new Shop(10, answeringWithin(Duration.ofSeconds(30)));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = shop.agreed(Duration.ofMinutes(5));
      var other = shop.agreed(Duration.ofMinutes(5));
      shop.flip(slow.order(), "approve", "slow", 3000);
      var first = threads.submit(() -> shop.comeBack(slow));
      Waiting.until(() -> shop.payment(slow).state() == Payment.State.APPROVING);
      Waiting.until(shop::callIsUnderWay);
      assertThat(shop.comeBack(other).state()).isEqualTo(Payment.State.UNKNOWN);
      assertThat(first).as("the slow call").isNotDone();
      assertThat(shop.ledger(other.order())).isEmpty();
      assertThat(first.get().state()).isEqualTo(Payment.State.APPROVED);
      shop.reconciled(other, Payment.State.APPROVED);
      Books.check(shop);
    }
  }

  @Test
  void capturesOnceWhenAnApprovalIsSlowerThanItsBound() {
    try (var shop = new Shop(10, answeringWithin(Duration.ofSeconds(2)))) {
      var back = shop.agreed(Duration.ofMinutes(5));
      shop.flip(back.order(), "approve", "slow", 4_000);
      assertThat(shop.comeBack(back).state()).isEqualTo(Payment.State.UNKNOWN);
      shop.reconciled(back, Payment.State.APPROVED);
      assertThat(shop.ledger(back.order())).containsExactly(12_000L);
      Books.check(shop);
    }
  }

  @Test
  void refusesToWaitForAGatewayInsideATransaction() {
    try (var shop = new Shop(10, answeringWithin(Duration.ofSeconds(30)))) {
      var transaction = new TransactionTemplate(new JdbcTransactionManager(shop.source));
      var back = shop.agreed(Duration.ofMinutes(5));
      assertThatThrownBy(() -> transaction.execute(_ -> shop.comeBack(back)))
          .hasMessageContaining("inside a transaction");
      assertThat(shop.ledger(back.order())).isEmpty();
      assertThat(shop.comeBack(back).state()).isEqualTo(Payment.State.APPROVED);
      Books.check(shop);
    }
  }

  private static PaymentLimits answeringWithin(Duration answer) {
    return new PaymentLimits(
        20,
        1,
        16,
        Duration.ofSeconds(10),
        answer,
        64 * 1024,
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofMinutes(1),
        Duration.ofDays(7),
        Duration.ZERO,
        64 * 1024,
        8,
        Duration.ofSeconds(1));
  }
}
