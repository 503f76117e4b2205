package dev.seonchak.payments;

import dev.seonchak.shared.Money;
import dev.seonchak.shared.PaymentId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;

/**
 * A gateway with a bound on the calls that are under way to it, so that a slow one costs a refusal
 * at once and never threads or connections that others need. Buyers and the reconciler have bounds
 * of their own: finding out what became of money must go on while buyers are being refused.
 *
 * <p>It also stands guard over the rule that nothing waits for a gateway inside a transaction.
 */
final class Bulkhead implements Gateway {
  private final Gateway gateway;
  private final MeterRegistry meters;
  private final Semaphore calls;
  private final Semaphore asks;

  Bulkhead(Gateway gateway, PaymentLimits limits, MeterRegistry meters) {
    this.gateway = gateway;
    this.meters = meters;
    this.calls = new Semaphore(limits.callsAtOnceMax());
    this.asks = new Semaphore(limits.asksAtOnceMax());
    meters.gauge(
        "seonchak.gateway.calls.free",
        Tags.of("gateway", gateway.name()),
        calls,
        Semaphore::availablePermits);
  }

  @Override
  public String name() {
    return gateway.name();
  }

  @Override
  public String title() {
    return gateway.title();
  }

  @Override
  public Duration session() {
    return gateway.session();
  }

  @Override
  public Duration answersWithin() {
    return gateway.answersWithin();
  }

  @Override
  public String reference(Payment payment) {
    return gateway.reference(payment);
  }

  @Override
  public @Nullable String proof(Payment payment, Map<String, String> returned) {
    return gateway.proof(payment, returned);
  }

  @Override
  public Payment.Reason turnedBack(Map<String, String> returned) {
    return gateway.turnedBack(returned);
  }

  @Override
  public Optional<PaymentId> hinted(JsonNode told) {
    return gateway.hinted(told);
  }

  @Override
  public Readiness ready(Purchase purchase) {
    return within(calls, "ready", () -> gateway.ready(purchase), Bulkhead::full);
  }

  @Override
  public Approval approve(Payment payment) {
    return within(calls, "approve", () -> gateway.approve(payment), Bulkhead::full);
  }

  @Override
  public Finding query(Payment payment) {
    return within(asks, "query", () -> gateway.query(payment), Bulkhead::full);
  }

  @Override
  public Cancellation cancel(Payment payment, UUID refund, Money amount, Money left) {
    return within(
        asks, "cancel", () -> gateway.cancel(payment, refund, amount, left), Bulkhead::full);
  }

  /** No call was made, so nothing happened; but whoever asked still has to ask again. */
  private static NoAnswer full() {
    return new NoAnswer("too many calls are under way to the gateway");
  }

  private <T> T within(Semaphore slots, String call, Supplier<T> work, Supplier<? extends T> full) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a gateway is called inside a transaction");
    }
    if (!slots.tryAcquire()) {
      meters.counter("seonchak.gateway.refused", "gateway", name(), "call", call).increment();
      return full.get();
    }
    var sample = Timer.start(meters);
    var outcome = "error";
    try {
      var result = work.get();
      outcome = String.valueOf(result.getClass().getSimpleName()).toLowerCase(Locale.ROOT);
      return result;
    } finally {
      slots.release();
      sample.stop(
          meters.timer(
              "seonchak.gateway.calls", "gateway", name(), "call", call, "outcome", outcome));
    }
  }
}
