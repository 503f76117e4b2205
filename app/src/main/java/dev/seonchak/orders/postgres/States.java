package dev.seonchak.orders.postgres;

import dev.seonchak.engine.Cause;
import dev.seonchak.engine.HolderState;
import dev.seonchak.orders.Order;

/** What the states of an order mean to the claims that it holds. */
final class States {
  private States() {}

  static HolderState held(Order.State state) {
    return switch (state) {
      case PENDING, AWAITING_DEPOSIT -> HolderState.HELD;
      case PAYING -> HolderState.BUSY;
      case PAID, CONFIRMED, SHIPPED, DELIVERED -> HolderState.CONFIRMED;
      case CANCELLED -> HolderState.RELEASED;
      case EXPIRED -> HolderState.EXPIRED;
      case REFUNDED -> HolderState.RETURNED;
    };
  }

  static Order.State after(Cause cause) {
    return switch (cause) {
      case CANCELLED -> Order.State.CANCELLED;
      case EXPIRED -> Order.State.EXPIRED;
      case RETURNED -> Order.State.REFUNDED;
    };
  }
}
