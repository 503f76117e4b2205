package dev.seonchak.orders;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;

/** What a seller does with what was bought: CONFIRMED → SHIPPED → DELIVERED. */
public interface Shipping {
  /** Characters of a carrier's name and of a tracking number at most. */
  int TEXT_CHARACTERS_MAX = 60;

  /** CONFIRMED → SHIPPED. The same once more changes nothing. */
  Outcome ship(OrderId order, AccountId seller, String carrier, String trackingNumber);

  /** SHIPPED → DELIVERED. Once more changes nothing. */
  Outcome deliver(OrderId order, AccountId seller);

  /** What came of it. */
  sealed interface Outcome {
    /** It is so, now or before. */
    record Done(Issued order) implements Outcome {}

    /** There is no such order, or it is of somebody else's drop. */
    record Unknown() implements Outcome {}

    /** Only goods are shipped. */
    record NotGoods() implements Outcome {}

    /** The order's state does not allow it. */
    record Not(Order.State state) implements Outcome {}
  }
}
