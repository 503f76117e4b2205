package dev.seonchak.orders;

import dev.seonchak.orders.Paying.Begun;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What paying by bank transfer does to an order, in the caller's transaction. The order's row is
 * the first lock of each method.
 */
public interface Depositing {
  /**
   * PENDING → AWAITING_DEPOSIT: the claims stay HELD until the deposit's own deadline.
   *
   * @param wait from now, by the database's clock; never shortens what the order has
   * @return the deadline, empty when the order is not PENDING in time
   */
  Optional<Instant> await(OrderId order, Duration wait);

  /**
   * The deposit is here: AWAITING_DEPOSIT, or PENDING after its stock was taken again, → PAYING, to
   * be {@link Paying#paid} in the same transaction.
   */
  Begun arrived(OrderId order, AccountId seller);

  /** Notes in the history what the seller did about a deposit. */
  void note(OrderId order, Happening.What what, AccountId seller);
}
