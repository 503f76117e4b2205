package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A gateway that is slow costs a refusal at once, and questions still get through. */
class BulkheadIT {
  @Test
  void refusesCallsBeyondItsBoundWithoutMakingThem() throws Exception {
    var limits =
        new PaymentLimits(
            20,
            1,
            16,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            64 * 1024,
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMinutes(1));
    try (var shop = new Shop(10, limits);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = shop.agreed(Duration.ofMinutes(5));
      var other = shop.agreed(Duration.ofMinutes(5));
      shop.flip(slow.order(), "approve", "slow", 1500);
      var first = threads.submit(() -> shop.comeBack(slow));
      Waiting.until(() -> shop.payment(slow).state() == Payment.State.APPROVING);
      Waiting.until(shop::callIsUnderWay);
      var before = System.nanoTime();
      assertThat(shop.comeBack(other).state()).isEqualTo(Payment.State.UNKNOWN);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      assertThat(shop.ledger(other.order())).isEmpty();
      assertThat(first.get().state()).isEqualTo(Payment.State.APPROVED);
      shop.reconciled(other, Payment.State.APPROVED);
      Books.check(shop);
    }
  }
}
