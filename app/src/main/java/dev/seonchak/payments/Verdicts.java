package dev.seonchak.payments;

import dev.seonchak.orders.Order;
import dev.seonchak.orders.Paying;
import dev.seonchak.payments.Gateway.Captured;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Refunds.Refund;
import dev.seonchak.runtime.Ids;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies what a gateway has definitely said to payment and order, each time in one transaction
 * under the order's lock. Whoever comes second with the same verdict finds it applied.
 */
final class Verdicts {
  private static final Set<State> UNANSWERED = EnumSet.of(State.APPROVING, State.UNKNOWN);

  /** An attempt of which nothing was expected any more. */
  private static final Set<State> OVER = EnumSet.of(State.READY, State.FAILED);

  private final Payments payments;
  private final Refunds refunds;
  private final Paying orders;
  private final Ids ids;
  private final PaymentLimits limits;
  private final TransactionTemplate transaction;

  Verdicts(
      Payments payments,
      Refunds refunds,
      Paying orders,
      Ids ids,
      PaymentLimits limits,
      TransactionTemplate transaction) {
    this.payments = payments;
    this.refunds = refunds;
    this.orders = orders;
    this.ids = ids;
    this.limits = limits;
    this.transaction = transaction;
  }

  /**
   * A definite no. It counts only while nobody else looks at the payment, who may have approved it
   * once more: whoever has taken it last settles it.
   *
   * @param payment as it was when the gateway was called
   * @param watch whether the call that started this may still be under way, so that the gateway is
   *     asked until it can capture nothing any more
   */
  void declined(Payment payment, String why, boolean watch) {
    transaction.executeWithoutResult(status -> {
      orders.lock(payment.order());
      var now = payments.find(payment.id()).orElseThrow();
      if (!now.unanswered() || now.asked() != payment.asked()) {
        return;
      }
      orders.notPaid(payment.order());
      Rows.changed(
          watch
              ? payments.failedWatched(now.id(), UNANSWERED, why, limits.backOff(1))
              : payments.failed(now.id(), UNANSWERED, Reason.DECLINED, why));
    });
  }

  /**
   * Money was captured.
   *
   * @param ours whether amount and purchase are those that were asked for
   */
  void captured(Payment payment, Captured captured, boolean ours) {
    if (take(payment, captured, ours, true) == Take.SETTLED) {
      return;
    }
    // Goes through the allocation's batch, so it cannot be part of a transaction.
    var held = orders.holdAgain(payment.order(), Paying.Late.CAPTURED);
    if (!held || take(payment, captured, ours, true) == Take.HOLD_AGAIN) {
      take(payment, captured, ours, false);
    }
  }

  private Take take(Payment payment, Captured captured, boolean ours, boolean takeLate) {
    return transaction.execute(status -> place(payment, captured, ours, takeLate));
  }

  private enum Take {
    SETTLED,
    HOLD_AGAIN
  }

  /**
   * Gives captured money its place: a paid order or a refund, by what is true under the order's
   * lock.
   *
   * @param takeLate whether an order that expired may be held again for it
   */
  private Take place(Payment payment, Captured captured, boolean ours, boolean takeLate) {
    var order = orders.lock(payment.order());
    var now = payments.find(payment.id()).orElseThrow();
    var whole = ours && captured.left().equals(captured.amount());
    switch (now.state()) {
      case APPROVING, UNKNOWN -> {
        if (whole) {
          orders.paid(now.order());
          Rows.changed(payments.approved(now.id(), UNANSWERED, captured.amount()));
        } else {
          orders.notPaid(now.order());
          giveBack(now, captured, ours ? Reason.RETURNED_THERE : Reason.MISMATCH);
        }
      }
      case READY, FAILED -> {
        var late = whole && takeLate ? late(now, order, captured) : Late.GONE;
        if (late == Late.EXPIRED) {
          return Take.HOLD_AGAIN;
        }
        if (late == Late.GONE) {
          giveBack(now, captured, whole ? Reason.LATE : Reason.MISMATCH);
        }
      }
      case APPROVED, REFUNDING, REFUNDED -> {}
    }
    return Take.SETTLED;
  }

  private enum Late {
    PAID,
    EXPIRED,
    GONE
  }

  /** Money that nobody expected any more, for an order that may still take it. */
  private Late late(Payment payment, Order.State order, Captured captured) {
    if (order == Order.State.EXPIRED) {
      return Late.EXPIRED;
    }
    if (order != Order.State.PENDING) {
      return Late.GONE;
    }
    return switch (orders.begin(payment.order())) {
      case PAYING -> {
        orders.paid(payment.order());
        Rows.changed(payments.approved(payment.id(), OVER, captured.amount()));
        yield Late.PAID;
      }
      case TOO_LATE -> Late.EXPIRED;
      case NOT_PENDING -> Late.GONE;
    };
  }

  private void giveBack(Payment payment, Captured captured, Reason reason) {
    var refund = new Refund(ids.next(), captured.amount(), reason);
    Rows.changed(
        refunds.refunding(payment.id(), Set.of(payment.state()), captured.amount(), refund));
  }
}
