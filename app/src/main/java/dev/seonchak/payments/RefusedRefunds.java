package dev.seonchak.payments;

import dev.seonchak.orders.Paying;
import dev.seonchak.orders.Repaying;
import dev.seonchak.payments.Difference.Kind;
import dev.seonchak.payments.Difference.Sums;
import dev.seonchak.payments.Refunds.Refund;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.PaymentId;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What becomes of a refund that its gateway refuses for good: order, payment, ledger and the list
 * of differences change in one transaction, and then a person has to see to the money.
 */
@Service
public final class RefusedRefunds implements Refunding.Refusing {
  private static final Logger log = LoggerFactory.getLogger(RefusedRefunds.class);

  private final Refusals refusals;
  private final Payments payments;
  private final Comparisons comparisons;
  private final Paying paying;
  private final Repaying repaying;
  private final Sellers sellers;
  private final TransactionTemplate transaction;

  RefusedRefunds(
      Refusals refusals,
      Payments payments,
      Comparisons comparisons,
      Paying paying,
      Repaying repaying,
      Sellers sellers,
      TransactionTemplate transaction) {
    this.refusals = refusals;
    this.payments = payments;
    this.comparisons = comparisons;
    this.paying = paying;
    this.repaying = repaying;
    this.sellers = sellers;
    this.transaction = transaction;
  }

  @Override
  public void refused(Payment payment, Refund refund, Sums there, String why) {
    var first =
        transaction.execute(status -> {
          paying.lock(payment.order());
          if (!refusals.refused(payment.id(), refund.id(), why, PaymentLimits.ASK_REFUSED_EVERY)) {
            return false;
          }
          repaying.refused(payment.order(), refund.id(), why);
          comparisons
              .settled(payment.id())
              .ifPresent(booked -> comparisons.differs(booked, Kind.REFUND_REFUSED, there));
          return true;
        });
    if (Boolean.TRUE.equals(first)) {
      log.error(
          "{} refuses to give {} of payment {} back, and somebody has to send it: {}",
          payment.gateway(),
          refund.amount(),
          payment.id(),
          why);
    }
  }

  /** The seller has sent what a gateway refuses to give back. Saying so again changes nothing. */
  public Outcome sentByHand(PaymentId id, UUID refund, AccountId seller) {
    return payments
        .find(id)
        .filter(payment -> sellers.sells(payment.order(), seller))
        .map(payment -> transaction.execute(status -> sent(payment, refund, seller)))
        .orElseGet(Outcome.Unknown::new);
  }

  private Outcome sent(Payment payment, UUID refund, AccountId seller) {
    paying.lock(payment.order());
    if (refusals.sentByHand(payment.id(), refund)) {
      repaying.sentByHand(payment.order(), refund, seller);
    } else if (!refusals.isSentByHand(payment.id(), refund)) {
      return new Outcome.NothingOwed();
    }
    return new Outcome.Done(payments.find(payment.id()).orElseThrow());
  }

  /** What came of saying that money was sent. */
  public sealed interface Outcome {
    /** It is on record, now or before. */
    record Done(Payment payment) implements Outcome {}

    /** There is no such payment, or it is for somebody else's drop. */
    record Unknown() implements Outcome {}

    /** Nothing has to be sent by this refund. */
    record NothingOwed() implements Outcome {}
  }
}
