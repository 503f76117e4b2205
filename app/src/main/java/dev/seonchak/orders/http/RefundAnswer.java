package dev.seonchak.orders.http;

import dev.seonchak.orders.Refund;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund in JSON, the same however often its key is sent; how far its money has come stands in
 * the order's payments.
 *
 * @param amount in won
 * @param lines what was taken back from the buyer
 * @param stockReturned whether that went on sale again
 */
record RefundAnswer(
    UUID id,
    UUID orderId,
    Refund.By by,
    long amount,
    List<Line> lines,
    boolean stockReturned,
    @Nullable String note,
    Instant at) {

  /** Some units of a line of the order. */
  record Line(UUID itemId, int quantity) {}

  static RefundAnswer of(Refund refund) {
    return new RefundAnswer(
        refund.id(),
        refund.order().value(),
        refund.by(),
        refund.amount().amount(),
        refund.units().stream()
            .map(units -> new Line(units.item().value(), units.quantity()))
            .toList(),
        refund.stockReturned(),
        refund.note(),
        refund.at());
  }
}
