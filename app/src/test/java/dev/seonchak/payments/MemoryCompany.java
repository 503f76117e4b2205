package dev.seonchak.payments;

import dev.seonchak.shared.Money;
import dev.seonchak.shared.PaymentId;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment company without a network. What goes wrong with its answers is decided by chance, until
 * the weather is fair.
 */
final class MemoryCompany implements Gateway {
  static final String NAME = "company";
  private static final Duration SESSION = Duration.ofMinutes(1);
  private static final int LATE_MILLIS_MAX = 40_000;

  private final Schedule schedule;
  private final Map<PaymentId, Account> accounts = new LinkedHashMap<>();
  private final Map<PaymentId, Long> landings = new HashMap<>();

  MemoryCompany(Schedule schedule) {
    this.schedule = schedule;
  }

  /** What the company has of one payment. */
  static final class Account {
    private Status status = Status.READY;
    private long captured;
    private long cancelled;
    private long left;
    private @Nullable Long captureAt;

    long captured() {
      return captured;
    }

    long cancelled() {
      return cancelled;
    }
  }

  private enum Status {
    READY,
    AGREED,
    FAILED,
    CAPTURED
  }

  /** What may become of an approval. */
  private enum Fate {
    CAPTURED,
    CAPTURED_LOST,
    OPEN_LOST,
    FAILED_LOST,
    CAPTURED_LATE_AFTER_A_NO,
    CAPTURED_LATE,
    ONE_WON_TOO_MUCH,
    ANOTHER_ORDER,
    DECLINED
  }

  Map<PaymentId, Account> accounts() {
    captureDue();
    return accounts;
  }

  /** Whether money may still be taken that has been asked for. */
  boolean isWorking() {
    captureDue();
    return accounts.values().stream().anyMatch(account -> account.captureAt != null);
  }

  /** The buyer agrees on the company's page. */
  void agree(PaymentId payment) {
    account(payment).status = Status.AGREED;
  }

  /** The moment at which the company will take the money, when it is asked before. */
  void land(PaymentId payment, long at) {
    landings.put(payment, at);
  }

  private Account account(PaymentId payment) {
    return Objects.requireNonNull(accounts.get(payment));
  }

  private void captureDue() {
    for (var account : accounts.values()) {
      var at = account.captureAt;
      if (at != null && at <= schedule.millis()) {
        account.captureAt = null;
        capture(account, account.left);
      }
    }
  }

  private void capture(Account account, long amount) {
    account.status = Status.CAPTURED;
    account.captured = amount;
    account.left = amount;
    schedule.trace("captured");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration session() {
    return SESSION;
  }

  @Override
  public Duration answersWithin() {
    return Duration.ofSeconds(10);
  }

  @Override
  public String reference(Payment payment) {
    return payment.order().toString();
  }

  @Override
  public @Nullable String proof(Payment payment, Map<String, String> returned) {
    return returned.get("proof");
  }

  @Override
  public Readiness ready(Purchase purchase) {
    schedule.step();
    var id = purchase.payment().id();
    accounts.put(id, new Account());
    return new Ready("T" + id, URI.create("http://company/" + id), URI.create("http://company/m"));
  }

  @Override
  public Approval approve(Payment payment) {
    schedule.step();
    var lands = landings.getOrDefault(payment.id(), 0L);
    if (lands > schedule.millis()) {
      schedule.sleepUntil(lands);
    }
    captureDue();
    var account = account(payment.id());
    if (account.status != Status.AGREED || account.captureAt != null) {
      // It may refuse what it has captured or is working on; that says nothing about the money.
      return schedule.random.nextInt(2) == 0
          ? new Declined("the session is used up")
          : new NoAnswer("already asked");
    }
    var fate = fate();
    act(account, payment, fate);
    if (schedule.random.nextInt(10) == 0) {
      // The caller's process stands still for so long that the reconciler looks, too.
      schedule.sleepUntil(schedule.millis() + 11_800 + schedule.random.nextInt(700));
    }
    schedule.step();
    return switch (fate) {
      case CAPTURED -> captured(account, payment);
      case ONE_WON_TOO_MUCH -> captured(account, payment);
      case ANOTHER_ORDER -> new Captured(payment.amount(), payment.amount(), "another order");
      case DECLINED -> new Declined("no");
      case CAPTURED_LOST, OPEN_LOST, FAILED_LOST, CAPTURED_LATE_AFTER_A_NO, CAPTURED_LATE ->
          new NoAnswer("lost");
    };
  }

  private Fate fate() {
    var fates = Fate.values();
    return schedule.random.nextInt(5) < 3
        ? Fate.CAPTURED
        : fates[schedule.random.nextInt(fates.length)];
  }

  private void act(Account account, Payment payment, Fate fate) {
    var amount = payment.amount().amount();
    switch (fate) {
      case CAPTURED, CAPTURED_LOST, ANOTHER_ORDER -> capture(account, amount);
      case ONE_WON_TOO_MUCH -> capture(account, amount + 1);
      case FAILED_LOST, DECLINED -> account.status = Status.FAILED;
      case CAPTURED_LATE, CAPTURED_LATE_AFTER_A_NO -> {
        if (fate == Fate.CAPTURED_LATE_AFTER_A_NO) {
          account.status = Status.FAILED;
        }
        account.left = amount;
        account.captureAt = schedule.millis() + 1 + schedule.random.nextInt(LATE_MILLIS_MAX);
      }
      case OPEN_LOST -> {}
    }
  }

  private Captured captured(Account account, Payment payment) {
    return new Captured(new Money(account.captured), new Money(account.left), reference(payment));
  }

  @Override
  public Finding query(Payment payment) {
    schedule.step();
    if (schedule.random.nextInt(6) == 0) {
      return new NoAnswer("lost");
    }
    captureDue();
    var account = account(payment.id());
    var found =
        switch (account.status) {
          case READY, AGREED -> new StillOpen(account.status.name());
          case FAILED -> new Declined("failed");
          case CAPTURED -> captured(account, payment);
        };
    schedule.step();
    return found;
  }

  @Override
  public Cancellation cancel(Payment payment, UUID refund, Money amount, Money left) {
    schedule.step();
    var chance = schedule.random.nextInt(8);
    if (chance == 0) {
      return new NoAnswer("not now");
    }
    var account = account(payment.id());
    if (chance == 1 || account.left != left.amount()) {
      return new NoAnswer("lost, or something else is left");
    }
    account.left -= amount.amount();
    account.cancelled += amount.amount();
    schedule.trace("cancelled");
    schedule.step();
    return chance == 2 ? new NoAnswer("lost") : new Cancelled(new Money(account.left));
  }
}
