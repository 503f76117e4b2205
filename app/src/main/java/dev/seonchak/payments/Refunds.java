package dev.seonchak.payments;

import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.PaymentId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** All refunds. A payment has at most one that is not done. */
public interface Refunds {
  /** {@code from} → REFUNDING, with the refund on record before the gateway is called. */
  boolean refunding(PaymentId id, Set<State> from, Money captured, Refund refund);

  /**
   * The refund of a REFUNDING payment that is not done yet, read at one moment; none that was
   * refused and whose money is the order's again.
   */
  Optional<Open> openRefund(PaymentId id);

  /** REFUNDING → REFUNDED when nothing is left, else → APPROVED. */
  boolean refundDone(PaymentId id, Refund refund);

  /**
   * A refund that is not done yet.
   *
   * @param toBeLeft what the gateway keeps of the payment once it is done
   * @param refused whether the gateway refuses it, so that it is only asked about
   */
  record Open(Refund refund, Money toBeLeft, boolean refused) {}

  /** Money that goes back. */
  record Refund(UUID id, Money amount, Reason reason) {}
}
