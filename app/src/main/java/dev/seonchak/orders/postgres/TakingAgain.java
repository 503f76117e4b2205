package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Allocator;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Paying.Late;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes the stock again for a buyer who came back from the gateway too late. Thread-safe. */
@Component
final class TakingAgain {
  /** How long such a buyer's payment may take from here. */
  private static final Duration HOLD = Duration.ofMinutes(2);

  private static final String OPERATION = "order-again";

  /** Tries when nobody knows what became of one; the same attempt cannot take twice. */
  private static final int TRIES_MAX = 3;

  private final OrderReads reads;
  private final Allocator allocator;
  private final Ids ids;
  private final JdbcClient jdbc;

  TakingAgain(OrderReads reads, Allocator allocator, Ids ids, JdbcClient jdbc) {
    this.reads = reads;
    this.allocator = allocator;
    this.ids = ids;
    this.jdbc = jdbc;
  }

  /** Whether the order is PENDING with time to pay now. */
  boolean take(OrderId id, Late why) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a batch would wait for this transaction's locks");
    }
    // Nobody has expired it yet, so its claims are still its own.
    int kept =
        jdbc.sql(RowLocks.KEEP)
            .param("id", id.value())
            .param("seconds", HOLD.toSeconds())
            .param("captured", why == Late.CAPTURED)
            .update();
    if (kept == 1) {
      return true;
    }
    if (why == Late.BACK && reads.isGraced(id)) {
      return false;
    }
    Optional<Order> order = reads.one(id).filter(o -> o.state() == Order.State.EXPIRED);
    return order.isPresent() && takeAgain(order.get(), ids.next());
  }

  private boolean takeAgain(Order order, UUID attempt) {
    var take =
        new Take(
            new ClaimantId(order.buyer().value()),
            new Key(OPERATION, attempt.toString()),
            0,
            new GroupId(order.drop().value()),
            lines(order),
            HOLD,
            new OrderAgain(new HolderId(order.id().value()), attempt));
    try {
      for (int i = 0; i < TRIES_MAX; i++) {
        switch (allocator.take(take)) {
          case Outcome.Granted granted -> {
            return true;
          }
          case Outcome.Unanswered unanswered -> {}
          default -> {
            return false;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static List<Line> lines(Order order) {
    return order.lines().stream()
        .map(line -> new Line(new PoolId(line.item().value()), line.quantity()))
        .toList();
  }
}
