package dev.seonchak.payments;

import dev.seonchak.orders.Depositing;
import dev.seonchak.orders.Happening.What;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Paying;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Refunds.Refund;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a deposit its place once its seller has seen it: a paid order, if need be by taking the
 * stock again, or money that the seller owes. Each is one transaction under the order's lock.
 */
@Component
final class ArrivedDeposit {
  private static final Set<State> EXPECTED = EnumSet.of(State.READY, State.FAILED);

  private final Payments payments;
  private final Refunds refunds;
  private final Paying orders;
  private final Depositing depositing;
  private final Ids ids;
  private final TransactionTemplate transaction;

  ArrivedDeposit(
      Payments payments,
      Refunds refunds,
      Paying orders,
      Depositing depositing,
      Ids ids,
      TransactionTemplate transaction) {
    this.payments = payments;
    this.refunds = refunds;
    this.orders = orders;
    this.depositing = depositing;
    this.ids = ids;
    this.transaction = transaction;
  }

  private enum Take {
    SETTLED,
    /** The deadline has passed, but the stock may still be there. */
    HOLD_AGAIN,
    /** A gateway is being asked about the same order. */
    BUSY
  }

  /**
   * @return false when another payment of the order is under way, and then nothing has changed
   */
  boolean settle(Deposit deposit, AccountId seller) {
    var take = take(deposit, seller, true);
    if (take == Take.HOLD_AGAIN) {
      // Goes through the allocation's batch, so it cannot be part of a transaction.
      var held = orders.holdAgain(deposit.payment().order(), Paying.Late.CAPTURED);
      take = take(deposit, seller, held);
      if (take == Take.HOLD_AGAIN) {
        take = take(deposit, seller, false);
      }
    }
    return take != Take.BUSY;
  }

  private Take take(Deposit deposit, AccountId seller, boolean takeLate) {
    return transaction.execute(status -> place(deposit.payment(), seller, takeLate));
  }

  /**
   * @param takeLate whether an order that expired may be held again for it
   */
  private Take place(Payment payment, AccountId seller, boolean takeLate) {
    var order = orders.lock(payment.order());
    var now = payments.find(payment.id()).orElseThrow();
    if (!EXPECTED.contains(now.state())) {
      return Take.SETTLED;
    }
    if (order == Order.State.PAYING) {
      return Take.BUSY;
    }
    var begun = takeLate ? depositing.arrived(payment.order(), seller) : Paying.Begun.NOT_PENDING;
    return switch (begun) {
      case TOO_LATE -> Take.HOLD_AGAIN;
      case PAYING -> {
        orders.paid(payment.order());
        Rows.changed(payments.approved(payment.id(), EXPECTED, payment.amount()));
        yield Take.SETTLED;
      }
      case NOT_PENDING -> {
        var refund = new Refund(ids.next(), payment.amount(), Reason.LATE);
        Rows.changed(refunds.refunding(payment.id(), EXPECTED, payment.amount(), refund));
        depositing.note(payment.order(), What.DEPOSIT_TOO_LATE, seller);
        yield Take.SETTLED;
      }
    };
  }
}
