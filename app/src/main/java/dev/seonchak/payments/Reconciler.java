package dev.seonchak.payments;

import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Unsettled.Unanswered;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of payments whose gateway has not said: after a lost answer, a crash
 * between two steps, or a refund that was not finished. Any number of processes may run it; a
 * payment that one of them has taken is left alone by the others until its lease is over.
 *
 * <p>Payments of a gateway that is not configured any more wait until it is, and are told about.
 *
 * <p>Each gateway has a thread of its own, so that a slow one delays nobody else's money.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration PASS_EVERY = Duration.ofMillis(250);
  private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

  private final Unsettled unsettled;
  private final Gateways gateways;
  private final Settling settling;
  private final Refunding refunding;
  private final PaymentLimits limits;
  private final MeterRegistry meters;
  private final Map<String, Boolean> answered = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> open = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> oldestSeconds = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> overdue = new ConcurrentHashMap<>();
  private final ScheduledExecutorService threads;

  Reconciler(
      Unsettled unsettled,
      Gateways gateways,
      Settling settling,
      Refunding refunding,
      PaymentLimits limits,
      MeterRegistry meters) {
    this.unsettled = unsettled;
    this.gateways = gateways;
    this.settling = settling;
    this.refunding = refunding;
    this.limits = limits;
    this.meters = meters;
    this.threads =
        Executors.newScheduledThreadPool(
            gateways.all().size() + 1, Thread.ofPlatform().name("reconciler-", 0).factory());
  }

  /** Starts passing over all gateways until closed. */
  void start() {
    for (var gateway : gateways.all()) {
      every(PASS_EVERY, () -> pass(gateway));
    }
    every(WATCH_EVERY, this::watch);
  }

  private void every(Duration pause, Runnable work) {
    var _ =
        threads.scheduleWithFixedDelay(
            () -> quietly(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A pass that fails must not end all later ones, whatever it fails of. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      log.warn("The reconciler will try again: {}", e.toString());
    }
  }

  /** Looks once at what is due at every gateway; says how many payments it looked at. */
  int pass() {
    return gateways.all().stream().mapToInt(this::pass).sum();
  }

  private int pass(Gateway gateway) {
    // Asking, and then approving or cancelling: two calls, and the rows around them. Longer, and
    // what a crash left would not be settled within a minute. Who asks a third time, since a refund
    // was refused, can outlast it only if all three are as slow as may be.
    var lease = gateway.answersWithin().multipliedBy(2).plusSeconds(5);
    var due = unsettled.takeDue(gateway.name(), limits.asksAtOnceMax(), lease);
    try (var asks = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var payment : due) {
        var _ = asks.submit(() -> quietly(() -> look(payment, gateway)));
      }
    }
    return due.size();
  }

  private void look(Payment payment, Gateway gateway) {
    var heard =
        payment.state() == State.REFUNDING
            ? refunding.carryOut(payment, gateway)
            : settling.ask(payment, gateway);
    answered.put(gateway.name(), heard);
  }

  /** Ends sessions that nobody came back from, counts what is open, and alarms. */
  void watch() {
    unsettled.expireSessions();
    open.values().forEach(count -> count.set(0));
    oldestSeconds.values().forEach(age -> age.set(0));
    overdue.values().forEach(alarm -> alarm.set(0));
    for (var unanswered : unsettled.unanswered()) {
      gauge(open, "seonchak.payments.unanswered", unanswered).set(unanswered.count());
      gauge(oldestSeconds, "seonchak.payments.unanswered.oldest.seconds", unanswered)
          .set(unanswered.oldest().toSeconds());
      var name = unanswered.gateway();
      var gone = gateways.find(name).isEmpty();
      if (unanswered.oldest().compareTo(limits.alarmAfter()) > 0
          && (gone || answered.getOrDefault(name, false))) {
        gauge(overdue, "seonchak.payments.overdue", unanswered).set(1);
        log.error(
            "{} payments at {} are unsettled {}, the oldest for {} s",
            unanswered.count(),
            name,
            gone ? "and nobody asks, since it is not configured any more" : "although it answers",
            unanswered.oldest().toSeconds());
      }
    }
  }

  private AtomicLong gauge(Map<String, AtomicLong> values, String name, Unanswered unanswered) {
    return values.computeIfAbsent(
        unanswered.gateway(),
        gateway -> meters.gauge(name, Tags.of("gateway", gateway), new AtomicLong()));
  }

  /** Stops at once; what was under way is found again by its lease. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
