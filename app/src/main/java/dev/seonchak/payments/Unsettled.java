package dev.seonchak.payments;

import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.util.List;

/** The payments that somebody still has to look at, and when. Times are the database's. */
public interface Unsettled {
  /**
   * Takes payments of a gateway that are due to be looked at, so that no other process takes them
   * before the lease is over.
   */
  List<Payment> takeDue(String gateway, int atMost, Duration lease);

  /** Looks again later at a payment whose state has not changed. */
  void askAgain(PaymentId id, State state, Duration in);

  /**
   * Looks within that time at a payment that may have been captured without our having heard of it.
   * One that is APPROVING is left to the call under way, one that is REFUNDING to its own dates.
   */
  void askWithin(PaymentId id, Duration time);

  /** Stops looking at a payment whose state has not changed. */
  void askNoMore(PaymentId id, State state);

  /** READY → FAILED for all whose gateway session is over; says how many. */
  int expireSessions();

  /** What is open and for how long, per gateway. */
  List<Unanswered> unanswered();

  /** Payments of a gateway of which nobody knows what became, or whose refund is not done. */
  record Unanswered(String gateway, long count, Duration oldest) {}
}
