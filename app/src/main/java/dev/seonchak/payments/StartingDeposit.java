package dev.seonchak.payments;

import dev.seonchak.drops.BankTransfer;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.orders.Depositing;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Orders;
import dev.seonchak.orders.Paying.Payable;
import dev.seonchak.payments.Starting.Outcome;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts paying by bank transfer, where the seller takes deposits: the order waits for the money
 * with its claims HELD.
 */
@Service
public final class StartingDeposit {
  /** Characters at most that a buyer may choose of a deposit's name; a code follows them. */
  public static final int WISH_CHARACTERS_MAX = DepositName.WISH_CHARACTERS_MAX;

  private final Payments payments;
  private final Deposits deposits;
  private final Depositing depositing;
  private final Orders orders;
  private final Drops drops;
  private final Starting starting;
  private final TransactionTemplate transaction;

  StartingDeposit(
      Payments payments,
      Deposits deposits,
      Depositing depositing,
      Orders orders,
      Drops drops,
      Starting starting,
      TransactionTemplate transaction) {
    this.payments = payments;
    this.deposits = deposits;
    this.depositing = depositing;
    this.orders = orders;
    this.drops = drops;
    this.starting = starting;
    this.transaction = transaction;
  }

  /**
   * @param wish what the buyer wants the sender to be called, null for nothing; a code is appended
   */
  public Outcome start(OrderId order, AccountId buyer, @Nullable String wish) {
    return starting.start(order, buyer, yes -> begin(yes, wish));
  }

  private Outcome begin(Payable.Yes yes, @Nullable String wish) {
    var id = orders.read(yes.order(), yes.buyer()).orElseThrow().order().drop();
    var drop = drops.find(Set.of(id)).get(id);
    var to = drop == null ? null : drop.terms().bankTransfer();
    if (drop == null || to == null) {
      return new Outcome.UnknownGateway(List.of());
    }
    var payment = starting.fresh(yes, Deposits.GATEWAY);
    return transaction.execute(status -> {
      var outcome = await(payment, drop, to, wish);
      if (!(outcome instanceof Outcome.Started)) {
        status.setRollbackOnly();
      }
      return outcome;
    });
  }

  private Outcome await(Payment payment, Drop drop, BankTransfer to, @Nullable String wish) {
    var wait = Duration.ofMinutes(to.minutes());
    // The order never gets less time than it had.
    var longest = wait.compareTo(drop.hold()) < 0 ? drop.hold() : wait;
    var deadline = depositing.await(payment.order(), wait);
    if (deadline.isEmpty()) {
      return new Outcome.NotPayable(
          orders
              .read(payment.order(), payment.buyer())
              .map(issued -> issued.order().state())
              .filter(state -> state != Order.State.PENDING)
              .orElse(Order.State.EXPIRED));
    }
    if (!payments.add(payment, longest, PaymentLimits.STANDARD.paymentsPerOrderMax())) {
      return new Outcome.TooMany();
    }
    if (!add(payment, drop, to, wish, deadline.get())) {
      return new Outcome.Unavailable();
    }
    var page = starting.page(payment);
    return new Outcome.Started(payment.id(), page, page);
  }

  private boolean add(
      Payment payment, Drop drop, BankTransfer to, @Nullable String wish, Instant deadline) {
    for (int attempt = 0; attempt < DepositName.TRIES_MAX; attempt++) {
      var name = DepositName.of(payment.id(), wish, attempt);
      if (deposits.add(new Deposit(payment, drop.id(), to, name, deadline))) {
        return true;
      }
    }
    return false;
  }
}
