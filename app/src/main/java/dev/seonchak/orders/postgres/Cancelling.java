package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Allocator;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.Obstacle;
import dev.seonchak.engine.Outcome;
import dev.seonchak.orders.Changing.Cancelled;
import dev.seonchak.orders.Order;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Cancels orders for their buyers: an unpaid one through the batches, a paid one as a refund of all
 * of it. Thread-safe.
 */
@Component
final class Cancelling {
  private final OrderReads reads;
  private final PostgresGivingBack givingBack;
  private final Allocator allocator;

  Cancelling(OrderReads reads, PostgresGivingBack givingBack, Allocator allocator) {
    this.reads = reads;
    this.givingBack = givingBack;
    this.allocator = allocator;
  }

  Cancelled cancel(OrderId id, AccountId buyer) throws InterruptedException {
    Optional<Order> found = reads.one(id).filter(order -> order.buyer().equals(buyer));
    if (found.isEmpty()) {
      return new Cancelled.Unknown();
    }
    Order order = found.get();
    return switch (allocator.release(Releases.of(order, Cause.CANCELLED))) {
      case Outcome.Released released -> new Cancelled.Done();
      case Outcome.NotReleased(Obstacle why) -> notReleased(why, order);
      case Outcome.Unanswered unanswered -> new Cancelled.TryAgain();
      case Outcome.Overloaded overloaded -> new Cancelled.TryAgain();
      case Outcome.Rejected(var message) ->
          throw new IllegalStateException("order " + id + " cannot be released: " + message);
      case Outcome.Granted granted -> throw new IllegalStateException("a release was granted");
      case Outcome.Repeated repeated -> throw new IllegalStateException("a release was granted");
      case Outcome.KeyReused reused -> throw new IllegalStateException("a release has no key");
      case Outcome.Refused refused -> throw new IllegalStateException("a release was refused");
    };
  }

  private Cancelled notReleased(Obstacle why, Order order) {
    return switch (why) {
      case ALREADY_RELEASED -> new Cancelled.Done();
      case BUSY -> new Cancelled.PaymentInProgress();
      case ALREADY_EXPIRED -> new Cancelled.Not(Order.State.EXPIRED);
      case CONFIRMED, ALREADY_RETURNED -> givingBack.cancel(order);
      case UNKNOWN_HOLDER -> new Cancelled.Unknown();
      case NOT_CONFIRMED, NOT_DUE -> throw new IllegalStateException("cancelling has no " + why);
    };
  }
}
