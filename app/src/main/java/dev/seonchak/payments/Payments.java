package dev.seonchak.payments;

import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All payments. A change of state names the states it may start from and says whether it happened,
 * so that of two threads that settle the same payment one finds out that it came second. Times are
 * the database's.
 */
public interface Payments {
  Optional<Payment> find(PaymentId id);

  Optional<Payment> byToken(String token);

  /** The payments of an order, oldest first. */
  List<Payment> of(OrderId order);

  /**
   * Writes a new READY payment.
   *
   * @param session how long the gateway's session lasts
   * @param perOrderMax how many payments the order may have, this one included
   * @return false when there are as many already
   */
  boolean add(Payment payment, Duration session, int perOrderMax);

  /** Notes what the gateway calls a payment, unless that is known. */
  boolean named(PaymentId id, String gatewayId);

  /** READY → APPROVING; the reconciler looks at it when no answer can be under way any more. */
  boolean approving(PaymentId id, String proof, Duration askIn);

  /** {@code from} → APPROVED, with all that was captured. */
  boolean approved(PaymentId id, Set<State> from, Money captured);

  /** {@code from} → FAILED, for good. */
  boolean failed(PaymentId id, Set<State> from, Reason reason, String detail);

  /** {@code from} → FAILED, asked about until its session can no longer capture. */
  boolean failedWatched(PaymentId id, Set<State> from, String detail, Duration askIn);

  /** APPROVING or UNKNOWN → UNKNOWN, to be asked about. */
  boolean unknown(PaymentId id, String detail, Duration askIn);
}
