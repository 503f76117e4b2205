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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts paying by bank transfer, where the seller takes deposits: the order waits for the money
 * with its claims HELD.
 */
@Service
public final class StartingDeposit {
  /** Characters of a deposit's name at most; banks show no more. */
  public static final int NAME_CHARACTERS_MAX = 20;

  /** No two of these look alike. */
  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int NAME_SYMBOLS = 6;

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
   * @param name the sender's name that the buyer will use, null for one of ours
   */
  public Outcome start(OrderId order, AccountId buyer, @Nullable String name) {
    return starting.start(order, buyer, yes -> begin(yes, name));
  }

  private Outcome begin(Payable.Yes yes, @Nullable String name) {
    var id = orders.read(yes.order(), yes.buyer()).orElseThrow().order().drop();
    var drop = drops.find(Set.of(id)).get(id);
    var to = drop == null ? null : drop.terms().bankTransfer();
    if (drop == null || to == null) {
      return new Outcome.UnknownGateway(List.of());
    }
    var payment = starting.fresh(yes, Deposits.GATEWAY);
    return transaction.execute(status -> {
      var outcome = await(payment, drop, to, name);
      if (!(outcome instanceof Outcome.Started)) {
        status.setRollbackOnly();
      }
      return outcome;
    });
  }

  private Outcome await(Payment payment, Drop drop, BankTransfer to, @Nullable String name) {
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
    deposits.add(
        new Deposit(
            payment,
            drop.id(),
            to,
            name == null ? name(payment.id().value()) : name,
            deadline.get()));
    var page = starting.page(payment);
    return new Outcome.Started(payment.id(), page, page);
  }

  /** Short enough to type on a phone, and made of what is random in an id. */
  private static String name(UUID id) {
    var name = new StringBuilder();
    for (int i = 0; i < NAME_SYMBOLS; i++) {
      name.append(SYMBOLS.charAt((int) ((id.getLeastSignificantBits() >>> (5 * i)) & 31)));
    }
    return name.toString();
  }
}
