package dev.seonchak.orders.http;

import dev.seonchak.orders.Refund;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund in JSON; how far its money has come stands in the order's payments.
 *
 * @param amount in won
 * @param lines what was taken back from the buyer
 * @param stockReturned whether that went on sale again
 * @param refused whether the payment company would not give the money back: it is the order's again
 */
record RefundAnswer(
    UUID id,
    UUID orderId,
    Refund.By by,
    long amount,
    List<Line> lines,
    boolean stockReturned,
    boolean refused,
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
        refund.refused(),
        refund.note(),
        refund.at());
  }
}
