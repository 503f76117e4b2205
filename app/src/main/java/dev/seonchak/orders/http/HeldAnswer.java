package dev.seonchak.orders.http;

import dev.seonchak.orders.Order;
import dev.seonchak.orders.Placed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A placed order in JSON, the same however often its key is sent.
 *
 * @param state PENDING, or PAID when nothing is left to pay or to fill
 * @param amount in won
 * @param expiresAt when its claims go back if it is not paid
 */
record HeldAnswer(
    UUID id, Order.State state, List<OrderAnswer.Line> lines, long amount, Instant expiresAt) {
  static HeldAnswer of(Placed.Held held) {
    return new HeldAnswer(
        held.id().value(),
        held.state(),
        OrderAnswer.Line.of(held.lines()),
        held.amount().amount(),
        held.expiresAt());
  }
}
