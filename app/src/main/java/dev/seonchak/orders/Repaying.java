package dev.seonchak.orders;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.util.UUID;

/**
 * What it does to an order that the money of a refund could not go back the way it came. Both take
 * part in a transaction that has locked the order. What was taken back from the buyer stays taken
 * back, since it may be somebody else's by now; only the money is the order's again.
 */
public interface Repaying {
  /** The gateway refuses; a refund that no order has asked for is only noted. */
  void refused(OrderId order, UUID refund, String why);

  /** The seller has sent the money by hand, so that it counts as given back after all. */
  void sentByHand(OrderId order, UUID refund, AccountId seller);
}
