package dev.seonchak.payments;

import dev.seonchak.payments.Difference.Sums;
import dev.seonchak.payments.Gateway.Cancelled;
import dev.seonchak.payments.Gateway.Captured;
import dev.seonchak.payments.Gateway.Declined;
import dev.seonchak.payments.Gateway.NoAnswer;
import dev.seonchak.payments.Gateway.Refused;
import dev.seonchak.payments.Gateway.StillOpen;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Refunds.Refund;
import dev.seonchak.shared.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives money back. A refund is a row before it is a call; the call is made only after asking the
 * gateway how much it has left, and brings that down to what should be left. So it may be repeated
 * after any crash or missing answer, and money goes back once.
 */
public final class Refunding {
  private static final Logger log = LoggerFactory.getLogger(Refunding.class);

  private final Refunds refunds;
  private final Refusing refusing;
  private final Unsettled unsettled;
  private final PaymentLimits limits;

  Refunding(Refunds refunds, Refusing refusing, Unsettled unsettled, PaymentLimits limits) {
    this.refunds = refunds;
    this.refusing = refusing;
    this.unsettled = unsettled;
    this.limits = limits;
  }

  /** Hears of refunds that a gateway refuses for good. */
  interface Refusing {
    /**
     * @param there what the gateway says that it has
     */
    void refused(Payment payment, Refund refund, Sums there, String why);
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
      case Captured _ when open.get().refused() -> {
        // Somebody may be sending it by hand, so the gateway must not be asked for it again.
        unsettled.askAgain(payment.id(), State.REFUNDING, PaymentLimits.ASK_REFUSED_EVERY);
        yield true;
      }
      case Captured captured -> cancel(payment, gateway, refund, captured.left(), toBeLeft);
      case Declined declined -> {
        var why = "the gateway denies having captured: " + declined.why();
        refused(payment, refund, Sums.NOTHING, why);
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
    var amount = new Money(left.amount() - toBeLeft);
    return switch (gateway.cancel(payment, refund.id(), amount, left)) {
      case Cancelled cancelled when cancelled.left().amount() <= toBeLeft -> {
        refunds.refundDone(payment.id(), refund);
        yield true;
      }
      case Cancelled cancelled -> {
        later(payment, "the gateway still has " + cancelled.left().amount());
        yield true;
      }
      case Refused refused -> {
        stillThere(payment, gateway, refund, left, refused);
        yield true;
      }
      case NoAnswer none -> {
        later(payment, none.why());
        yield false;
      }
    };
  }

  /**
   * A call that was made before, or somebody at the gateway's own desk, may have moved the money
   * that this call is refused for. Only when all of it is there it is really refused.
   */
  private void stillThere(
      Payment payment, Gateway gateway, Refund refund, Money left, Refused refused) {
    if (gateway.query(payment) instanceof Captured now && now.left().equals(left)) {
      var there = new Sums(now.amount().amount(), now.amount().amount() - now.left().amount());
      refused(payment, refund, there, "the gateway refuses: " + refused.why());
    } else {
      later(payment, "refused while something moved: " + refused.why());
    }
  }

  /** A gateway may refuse in passing, so it is asked some times before that is believed. */
  private void refused(Payment payment, Refund refund, Sums there, String why) {
    if (payment.asked() < PaymentLimits.REFUSED_FROM) {
      later(payment, why);
    } else {
      refusing.refused(payment, refund, there, why);
    }
  }

  private void later(Payment payment, String why) {
    log.warn("Refund of payment {} is not done yet: {}", payment.id(), why);
    unsettled.askAgain(payment.id(), State.REFUNDING, limits.backOff(payment.asked()));
  }
}
