package dev.seonchak.orders;

import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was given back of a paid order. How far the money has come is known by `payments`, under the
 * same id.
 *
 * @param amount zero when nothing had been paid for the units
 * @param units what was taken back from the buyer for it, empty for money alone
 * @param stockReturned whether the units went back into their pools
 * @param refused whether the gateway would not give the money back, so that it is the order's again
 * @param note the seller's word to the buyer, null for none
 */
public record Refund(
    UUID id,
    OrderId order,
    By by,
    Money amount,
    List<Units> units,
    boolean stockReturned,
    boolean refused,
    @Nullable String note,
    Instant at) {

  /** Who asked for it. */
  public enum By {
    BUYER,
    SELLER
  }

  /**
   * Some units of one line of an order.
   *
   * @param quantity at least 1
   */
  public record Units(ItemId item, int quantity) {}

  public Refund {
    units = List.copyOf(units);
  }
}
