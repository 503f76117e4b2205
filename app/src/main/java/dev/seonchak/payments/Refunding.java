package dev.seonchak.payments;

import dev.seonchak.orders.Paying;
import dev.seonchak.payments.Gateway.Cancelled;
import dev.seonchak.payments.Gateway.Captured;
import dev.seonchak.payments.Gateway.Declined;
import dev.seonchak.payments.Gateway.NoAnswer;
import dev.seonchak.payments.Gateway.Refused;
import dev.seonchak.payments.Gateway.StillOpen;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Refunds.Refund;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.PaymentId;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives money back. A refund is a row before it is a call; the call is made only after asking the
 * gateway how much it has left, and brings that down to what should be left. So it may be repeated
 * after any crash or missing answer, and money goes back once.
 */
public final class Refunding {
  private static final Logger log = LoggerFactory.getLogger(Refunding.class);

  private final Payments payments;
  private final Refunds refunds;
  private final Unsettled unsettled;
  private final Paying orders;
  private final Ids ids;
  private final PaymentLimits limits;
  private final TransactionTemplate transaction;

  Refunding(
      Payments payments,
      Refunds refunds,
      Unsettled unsettled,
      Paying orders,
      Ids ids,
      PaymentLimits limits,
      TransactionTemplate transaction) {
    this.payments = payments;
    this.refunds = refunds;
    this.unsettled = unsettled;
    this.orders = orders;
    this.ids = ids;
    this.limits = limits;
    this.transaction = transaction;
  }

  /**
   * Puts a refund of an APPROVED payment on record; the reconciler carries it out. The order's
   * state is the caller's business.
   *
   * @return false when the payment has not that much left, or a refund is under way
   */
  public boolean request(PaymentId id, Money amount, Reason reason) {
    return transaction.execute(status -> {
      var payment = payments.find(id).orElseThrow();
      orders.lock(payment.order());
      var now = payments.find(id).orElseThrow();
      var kept = now.captured().amount() - now.refunded().amount();
      if (now.state() != State.APPROVED || amount.amount() < 1 || amount.amount() > kept) {
        return false;
      }
      var refund = new Refund(ids.next(), amount, reason);
      Rows.changed(refunds.refunding(id, Set.of(State.APPROVED), now.captured(), refund));
      return true;
    });
  }

  /**
   * Carries out the open refund of a REFUNDING payment.
   *
   * @param payment as it was when it was taken to be looked at; what is to be left is read anew,
   *     since another refund may have been made in the meantime
   * @return whether the gateway gave an answer
   */
  boolean carryOut(Payment payment, Gateway gateway) {
    var open = refunds.openRefund(payment.id());
    if (open.isEmpty()) {
      return true;
    }
    var refund = open.get().refund();
    var toBeLeft = open.get().toBeLeft().amount();
    return switch (gateway.query(payment)) {
      case Captured captured when captured.left().amount() <= toBeLeft -> {
        refunds.refundDone(payment.id(), refund);
        yield true;
      }
      case Captured captured -> cancel(payment, gateway, refund, captured.left(), toBeLeft);
      case Declined declined -> {
        later(payment, "the gateway denies having captured: " + declined.why());
        yield true;
      }
      case StillOpen still -> {
        later(payment, "the gateway says " + still.status());
        yield true;
      }
      case NoAnswer none -> {
        later(payment, none.why());
        yield false;
      }
    };
  }

  private boolean cancel(
      Payment payment, Gateway gateway, Refund refund, Money left, long toBeLeft) {
    return switch (gateway.cancel(payment, new Money(left.amount() - toBeLeft), left)) {
      case Cancelled cancelled when cancelled.left().amount() <= toBeLeft -> {
        refunds.refundDone(payment.id(), refund);
        yield true;
      }
      case Cancelled cancelled -> {
        later(payment, "the gateway still has " + cancelled.left().amount());
        yield true;
      }
      case Refused refused -> {
        later(payment, "the gateway refuses: " + refused.why());
        yield true;
      }
      case NoAnswer none -> {
        later(payment, none.why());
        yield false;
      }
    };
  }

  private void later(Payment payment, String why) {
    log.warn("Refund of payment {} is not done yet: {}", payment.id(), why);
    unsettled.askAgain(payment.id(), State.REFUNDING, limits.backOff(payment.asked()));
  }
}
