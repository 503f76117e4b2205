package dev.seonchak.orders;

import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.util.UUID;

/**
 * The money that was taken for orders. Declared here because a refund is decided over order, claims
 * and money in one transaction; `payments` has the money and implements it. Both methods take part
 * in the current transaction, which has locked the order.
 */
public interface Takings {
  Standing standing(OrderId order);

  /**
   * Puts money on its way back; it goes once the transaction has committed.
   *
   * @param refund names it
   * @param amount more than zero, and not more than {@link Standing.Kept} said
   */
  void giveBack(OrderId order, UUID refund, Money amount, Refund.By by);

  /** What there is to give back. */
  sealed interface Standing {
    /** So much was captured for the order and neither went back nor is on its way. */
    record Kept(Money amount) implements Standing {}

    /** An earlier refund is under way; only one at a time can be. */
    record OnItsWay() implements Standing {}
  }
}
