package dev.seonchak.payments;

import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Refunds that a gateway refuses for good. The money of a sale belongs to its order again and can
 * be refunded in another way; money that never was a sale stays owed. Either needs a hand until it
 * was sent by hand or, for a sale, until another refund was made.
 */
public interface Refusals {
  /**
   * Notes that a gateway refuses the refund that is under way: the payment is APPROVED again, or
   * stays REFUNDING when its money never was a sale. Takes part in a transaction that has locked
   * the order.
   *
   * @param askIn when the gateway is asked whether it has given the money back after all
   * @return false when that is known, or the refund is over
   */
  boolean refused(PaymentId id, UUID refund, String why, Duration askIn);

  /** The one that needs a hand now, by payment; nothing for payments without. */
  Map<PaymentId, Refusal> of(Set<PaymentId> payments);

  /** Those of a drop that need a hand, the oldest first, at most 50. */
  List<Refusal> of(DropId drop);

  /**
   * Books that the money was sent by hand, in a transaction that has locked the order.
   *
   * @return false when the refund needs no hand, or not any more
   */
  boolean sentByHand(PaymentId id, UUID refund);

  /** Whether this refund of a payment was sent by hand already. */
  boolean isSentByHand(PaymentId id, UUID refund);

  /**
   * A refund that needs a hand.
   *
   * @param why what the gateway said
   */
  record Refusal(
      PaymentId payment, OrderId order, UUID refund, Money amount, String why, Instant at) {}
}
