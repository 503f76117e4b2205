package dev.seonchak.payments;

import dev.seonchak.payments.Comparisons.Booked;
import dev.seonchak.payments.Difference.Kind;
import dev.seonchak.payments.Difference.Sums;
import dev.seonchak.payments.Gateway.Captured;
import dev.seonchak.payments.Gateway.NoAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Compares each gateway's books with our ledger once a day, payment by payment, since gateways have
 * no list to ask for. It asks at a bounded rate. A difference is kept with its age, told by an
 * error in the log and by the metric {@code seonchak_payments_differences}, and looked at again
 * every minute until it is gone. Money that the gateway has and that our ledger does not know of is
 * handed to the reconciler; any other difference is for a person to settle, also a refund that the
 * gateway refuses.
 */
public final class Comparing {
  private static final Logger log = LoggerFactory.getLogger(Comparing.class);
  private static final int PAGE = 100;
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Comparisons comparisons;
  private final Unsettled unsettled;
  private final Gateways gateways;
  private final PaymentLimits limits;
  private final MeterRegistry meters;
  private final Map<String, AtomicLong> open = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> oldestSeconds = new ConcurrentHashMap<>();

  Comparing(
      Comparisons comparisons,
      Unsettled unsettled,
      Gateways gateways,
      PaymentLimits limits,
      MeterRegistry meters) {
    this.comparisons = comparisons;
    this.unsettled = unsettled;
    this.gateways = gateways;
    this.limits = limits;
    this.meters = meters;
  }

  /** Open differences numbered below {@code before}, the newest first. */
  public List<Difference> list(long before, int atMost) {
    return comparisons.list(before, atMost);
  }

  /** Looks at open differences again, and does what is left of today's comparisons. */
  @Scheduled(fixedDelay = 60_000, initialDelay = 30_000)
  void round() {
    for (var gateway : gateways.all()) {
      try {
        if (all(comparisons.open(gateway.name(), PAGE), gateway)) {
          today(gateway);
        }
      } catch (RuntimeException e) {
        log.warn("The comparison with {} will go on later: {}", gateway.name(), e.toString());
      }
    }
    count();
  }

  private void today(Gateway gateway) {
    if (!comparisons.take(gateway.name(), limits.compareBack(), LEASE)) {
      return;
    }
    var page = comparisons.next(gateway.name(), PAGE);
    while (!page.isEmpty() && !Thread.currentThread().isInterrupted()) {
      var heard = all(page, gateway);
      comparisons.through(gateway.name(), page.getLast(), page.size(), LEASE);
      if (!heard) {
        return;
      }
      page = comparisons.next(gateway.name(), PAGE);
    }
  }

  /** Whether the gateway answered to at least one of them. */
  private boolean all(List<Booked> page, Gateway gateway) {
    var heard = page.isEmpty();
    for (var booked : page) {
      heard |= compare(booked, gateway);
      LockSupport.parkNanos(limits.comparePause().toNanos());
    }
    return heard;
  }

  private boolean compare(Booked booked, Gateway gateway) {
    var id = booked.payment().id();
    var found = gateway.query(booked.payment());
    // What has changed meanwhile is compared as it is then.
    var now = comparisons.settled(id);
    if (now.isEmpty()
        || !now.get().here().equals(booked.here())
        || now.get().refused() != booked.refused()) {
      comparisons.agrees(id);
      return true;
    }
    var there =
        switch (found) {
          case Captured captured ->
              new Sums(
                  captured.amount().amount(),
                  captured.amount().amount() - captured.left().amount());
          case Gateway.Finding _ -> Sums.NOTHING;
        };
    var kind = found instanceof NoAnswer ? Optional.of(Kind.UNHEARD) : kind(booked, there);
    kind.ifPresentOrElse(what -> differs(booked, what, there), () -> comparisons.agrees(id));
    return !(found instanceof NoAnswer);
  }

  private static Optional<Kind> kind(Booked booked, Sums there) {
    var here = booked.here();
    if (here.equals(there)) {
      return booked.refused() ? Optional.of(Kind.REFUND_REFUSED) : Optional.empty();
    }
    if (here.captured() == 0) {
      return Optional.of(Kind.NOT_CAPTURED_HERE);
    }
    if (there.captured() == 0) {
      return Optional.of(Kind.NOT_CAPTURED_THERE);
    }
    if (here.captured() != there.captured()) {
      return Optional.of(Kind.OTHER_AMOUNT);
    }
    return Optional.of(
        here.refunded() > there.refunded() ? Kind.NOT_REFUNDED_THERE : Kind.NOT_REFUNDED_HERE);
  }

  private void differs(Booked booked, Kind kind, Sums there) {
    var payment = booked.payment();
    if (comparisons.differs(booked, kind, there)) {
      log.error(
          "Payment {} at {} is {}: the ledger has {}, the gateway {}",
          payment.id(),
          payment.gateway(),
          kind,
          booked.here(),
          there);
    }
    // What was refused and is owed still may have been given back at the gateway's own desk.
    if (kind == Kind.NOT_CAPTURED_HERE || payment.state() == Payment.State.REFUNDING) {
      unsettled.askAgain(payment.id(), payment.state(), Duration.ZERO);
    }
  }

  private void count() {
    open.values().forEach(value -> value.set(0));
    oldestSeconds.values().forEach(value -> value.set(0));
    for (var count : comparisons.counts()) {
      gauge(open, "seonchak.payments.differences", count.gateway()).set(count.open());
      gauge(oldestSeconds, "seonchak.payments.differences.oldest.seconds", count.gateway())
          .set(count.oldest().toSeconds());
    }
  }

  private AtomicLong gauge(Map<String, AtomicLong> values, String name, String gateway) {
    return values.computeIfAbsent(
        gateway, any -> meters.gauge(name, Tags.of("gateway", gateway), new AtomicLong()));
  }
}
