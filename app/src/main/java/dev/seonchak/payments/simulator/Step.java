package dev.seonchak.payments.simulator;

import dev.seonchak.orders.Depositing;
import dev.seonchak.orders.Paying;
import dev.seonchak.orders.Takings;
import dev.seonchak.payments.Deposits;
import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.Payments;
import dev.seonchak.payments.Refunds;
import dev.seonchak.payments.Refusals;
import dev.seonchak.payments.Unsettled;

/**
 * The steps of paying and refunding, each of which a process may not survive. A step is over when a
 * method of a port has returned or, where it takes part in a larger transaction, when that has been
 * committed; a crash before a step is a crash after the one before it.
 */
public enum Step {
  /** The attempt is on record, and the company has not heard of it. */
  ATTEMPT_ADDED(Payments.class, "add", When.RETURNED),
  /** The company knows the attempt, and its name for it is not on record. */
  COMPANY_TOLD(Gateway.class, "ready", When.RETURNED),
  /** All is ready, and the buyer has not been told where to go. */
  ATTEMPT_NAMED(Payments.class, "named", When.RETURNED),
  /** The stock was taken again for a buyer who came back late. */
  HELD_AGAIN(Paying.class, "holdAgain", When.RETURNED),
  /** The order is PAYING, uncommitted. */
  PAYING_BEGUN(Paying.class, "begin", When.RETURNED),
  /** The intent is on record, and the company has not been asked. */
  INTENT_COMMITTED(Payments.class, "approving", When.COMMITTED),
  /** The company has captured, and we have its answer in memory only. */
  APPROVAL_ANSWERED(Gateway.class, "approve", When.RETURNED),
  /** The order is PAID, uncommitted, and the payment is not. */
  ORDER_PAID(Paying.class, "paid", When.RETURNED),
  /** Both are on record, and the buyer has not been told. */
  APPROVAL_COMMITTED(Payments.class, "approved", When.COMMITTED),
  /** The order is PENDING again, uncommitted, and the payment has not failed. */
  ORDER_RELEASED(Paying.class, "notPaid", When.RETURNED),
  /** The company's no is on record, and the buyer has not been told. */
  NO_COMMITTED(Payments.class, "failed", When.COMMITTED),
  /** It is on record that nobody knows. */
  SILENCE_NOTED(Payments.class, "unknown", When.COMMITTED),
  /** A process has taken payments to look at, and has asked nothing. */
  TAKEN_TO_ASK(Unsettled.class, "takeDue", When.RETURNED),
  /** The company has said what became of it, and we have that in memory only. */
  QUESTION_ANSWERED(Gateway.class, "query", When.RETURNED),
  /** It will be asked about again. */
  ASKED_LATER(Unsettled.class, "askAgain", When.COMMITTED),
  /** The order waits for a deposit, uncommitted. */
  DEPOSIT_BEGUN(Depositing.class, "await", When.RETURNED),
  /** That is on record, and the buyer has not been told where the money goes. */
  DEPOSIT_AWAITED(Deposits.class, "add", When.COMMITTED),
  /** The seller has the deposit, and the order is PAYING, uncommitted. */
  DEPOSIT_ARRIVED(Depositing.class, "arrived", When.RETURNED),
  /** The seller has sent it back, and has not heard that this is on record. */
  DEPOSIT_SENT_BACK(Depositing.class, "note", When.COMMITTED),
  /** A paid order's money is owed to its buyer, uncommitted, and the order is as before. */
  MONEY_OWED(Takings.class, "giveBack", When.RETURNED),
  /** The refund is on record, and the company has not been asked for it. */
  REFUND_COMMITTED(Refunds.class, "refunding", When.COMMITTED),
  /** The company has given back, and we have its answer in memory only. */
  CANCELLATION_ANSWERED(Gateway.class, "cancel", When.RETURNED),
  /** The refund is done, and whoever did it has not heard so. */
  REFUND_DONE(Refunds.class, "refundDone", When.COMMITTED),
  /** The company refuses it for good, and that is on record. */
  REFUND_REFUSED(Refusals.class, "refused", When.COMMITTED),
  /** The seller has sent that money by hand, and has not heard that this is on record. */
  SENT_BY_HAND(Refusals.class, "sentByHand", When.COMMITTED),
  /** A webhook has come, and the company that sent it has not been asked yet. */
  HINT_TAKEN(Unsettled.class, "askWithin", When.COMMITTED),
  /** Its no is on record, and it will be asked about until its session is over. */
  NO_WATCHED(Payments.class, "failedWatched", When.COMMITTED),
  /** Its session is over, and nobody asks any more. */
  ASKED_NO_MORE(Unsettled.class, "askNoMore", When.COMMITTED),
  /** Sessions that nobody came back from are over. */
  SESSIONS_EXPIRED(Unsettled.class, "expireSessions", When.COMMITTED);

  /** When a step is over. */
  enum When {
    /** As soon as its method returns. */
    RETURNED,
    /** When the transaction is committed that its method takes part in. */
    COMMITTED
  }

  private final Class<?> port;
  private final String method;
  private final When over;

  Step(Class<?> port, String method, When over) {
    this.port = port;
    this.method = method;
    this.over = over;
  }

  Class<?> port() {
    return port;
  }

  String method() {
    return method;
  }

  When over() {
    return over;
  }
}
