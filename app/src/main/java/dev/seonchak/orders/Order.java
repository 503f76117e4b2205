package dev.seonchak.orders;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a buyer bought in one drop.
 *
 * @param expiresAt when the claims of an unpaid order go back
 * @param refunded what was decided to be given back once it was paid
 * @param answers to the drop's form, by question id
 */
public record Order(
    OrderId id,
    DropId drop,
    AccountId buyer,
    State state,
    List<Line> lines,
    Money amount,
    Money refunded,
    Map<String, Object> answers,
    Instant createdAt,
    Instant expiresAt) {

  /** The life of an order; the names are those of the database and of JSON. */
  public enum State {
    PENDING,
    AWAITING_DEPOSIT,
    PAYING,
    PAID,
    CONFIRMED,
    SHIPPED,
    DELIVERED,
    CANCELLED,
    EXPIRED,
    REFUNDED
  }

  /**
   * One claim of the order.
   *
   * @param sequence its number in the item's pool, from 1
   */
  public record Line(ItemId item, int quantity, long sequence) {}
}
