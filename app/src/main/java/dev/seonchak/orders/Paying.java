package dev.seonchak.orders;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.util.List;

/**
 * What paying does to an order. The order belongs to this module, the attempt to pay it to {@code
 * payments}, which calls these methods inside its own transaction. Each locks the order's row first
 * (global order of locks: pools, orders, claims, payments), so that paying never races with
 * expiring.
 */
public interface Paying {
  /** What a gateway must be told; read only, no lock kept. */
  Payable payable(OrderId order, AccountId buyer);

  /**
   * Locks the order's row in the caller's transaction and says its state, so that a payment can be
   * settled by what is true now. The first lock that such a transaction takes.
   *
   * @throws java.util.NoSuchElementException when there is no such order
   */
  Order.State lock(OrderId order);

  /**
   * PENDING → PAYING when the database's clock has not passed the deadline; an intent on record.
   */
  Begun begin(OrderId order);

  /**
   * PAYING → PAID, its claims HELD → CONFIRMED and {@link OrderPaid} in the outbox, in the caller's
   * transaction.
   */
  void paid(OrderId order);

  /** PAYING → PENDING after a definite no; the sweeper expires it if its deadline has passed. */
  void notPaid(OrderId order);

  /**
   * Takes the stock again for an order that expired while its buyer was at the gateway: EXPIRED (or
   * PENDING past its deadline, which the sweeper has not reached yet) → PENDING with a short new
   * deadline. Must be called outside any transaction, since it goes through the allocation's batch.
   *
   * @return false when the stock is gone, or the order had its grace before; then nothing has
   *     changed
   */
  boolean holdAgain(OrderId order, Late why);

  /** Why an order is held past its deadline. */
  enum Late {
    /**
     * Its buyer is back and wants to pay. That is granted once per order: the grace is for who was
     * at the gateway when the deadline passed, and must not become a longer hold.
     */
    BACK,
    /** Its money is here already, and would have to go back. */
    CAPTURED
  }

  /** Whether an order can be paid, and if so what for. */
  sealed interface Payable {
    /**
     * @param name what is bought, for the gateway's page, at most 100 characters
     * @param quantity units over all lines
     */
    record Yes(OrderId order, AccountId buyer, Money amount, String name, int quantity)
        implements Payable {}

    /** There is no such order, or it is somebody else's. */
    record Unknown() implements Payable {}

    /** Required answers are missing, by question id. */
    record FormIncomplete(List<String> questions) implements Payable {}

    /** Only a PENDING order within its deadline can be paid. */
    record Not(Order.State state) implements Payable {}
  }

  /** What came of {@link #begin}. */
  enum Begun {
    /** The order is PAYING now. */
    PAYING,
    /** The deadline has passed, or the order has already expired. */
    TOO_LATE,
    /** The order is in another state: paid, being paid, or cancelled. */
    NOT_PENDING
  }
}
