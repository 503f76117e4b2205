package dev.seonchak.payments;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to pay an order through a gateway.
 *
 * @param amount what the order costs
 * @param captured what the gateway took from the buyer, zero until that is known
 * @param refunded what went back
 * @param gatewayId the gateway's name for the attempt, null until it has answered {@code ready}
 * @param proof what the buyer brought back from the gateway, null before
 * @param token the unguessable part of the return address
 * @param reason why it is in its state, null when there is nothing to say
 * @param asked how often the reconciler has looked at it in this state
 * @param sessionOver whether the gateway's session can capture nothing any more, by the database's
 *     clock
 */
public record Payment(
    PaymentId id,
    OrderId order,
    AccountId buyer,
    String gateway,
    State state,
    Money amount,
    Money captured,
    Money refunded,
    @Nullable String gatewayId,
    @Nullable String proof,
    String token,
    @Nullable Reason reason,
    int asked,
    boolean sessionOver) {

  /** The life of a payment; the names are those of the database and of JSON. */
  public enum State {
    /** The buyer has been sent to the gateway, and nothing has been asked to be captured. */
    READY,
    /** The gateway is being asked to capture; the order is PAYING. */
    APPROVING,
    /** Captured, and the order is paid by it. */
    APPROVED,
    /** Nothing was captured, by all that is known. */
    FAILED,
    /** The gateway has not said what became of it; the order stays PAYING. */
    UNKNOWN,
    /** Captured money is on its way back. */
    REFUNDING,
    /** All that was captured went back. */
    REFUNDED
  }

  /** Why a payment failed, waits or is refunded. */
  public enum Reason {
    /** The gateway said a definite no. */
    DECLINED,
    /** The buyer turned back on the gateway's page. */
    CANCELLED,
    /** The order's deadline had passed and its stock was gone; nothing was asked to be captured. */
    ORDER_EXPIRED,
    /** The order was cancelled, or paid by another payment. */
    ORDER_GONE,
    /** The buyer did not come back while the gateway's session lasted. */
    SESSION_OVER,
    /** The gateway did not take the attempt. */
    REFUSED,
    /** The gateway has not answered, or not in a way that says what happened. */
    NO_ANSWER,
    /** What the gateway captured is not what was asked. */
    MISMATCH,
    /** Money arrived for an order that could no longer take it. */
    LATE,
    /** The gateway had already given the money back. */
    RETURNED_THERE,
    /** The seller gives the money back. */
    SELLER,
    /** The buyer has cancelled what was paid. */
    BUYER
  }

  /** Whether it is unknown what became of the money. */
  public boolean unanswered() {
    return state == State.APPROVING || state == State.UNKNOWN;
  }
}
