package dev.seonchak.orders;

import dev.seonchak.engine.Reason;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What came of placing an order; of several reasons against it the first in this order is told. */
public sealed interface Placed {
  /**
   * The stock is held. The same key with the same wish gets the same values again, whatever has
   * become of the order.
   *
   * @param state PENDING, or PAID when nothing is left to pay or to fill
   * @param expiresAt when an unpaid order gives its claims back
   */
  record Held(
      OrderId id, Order.State state, List<Order.Line> lines, Money amount, Instant expiresAt)
      implements Placed {}

  /** There is no such drop, or it is not published. */
  record NoSuchDrop() implements Placed {}

  /**
   * The wish makes no sense.
   *
   * @param line which line, from 0; 0 when it is about the whole
   */
  record Invalid(Fault fault, int line) implements Placed {}

  /** What can be wrong with a wish. */
  enum Fault {
    NO_LINES,
    TOO_MANY_LINES,
    INVALID_QUANTITY,
    UNKNOWN_ITEM,
    REPEATED_ITEM,
    AMOUNT_TOO_LARGE,
    UNKNOWN_COUPON
  }

  /** Some answers do not fit the form: question id to one sentence why. Nothing is held. */
  record MalformedAnswers(Map<String, String> reasons) implements Placed {}

  /** This buyer's key made another order before. */
  record KeyReused() implements Placed {}

  /** The rules of the pools say no; the reason is the first that applies to any line. */
  record Refused(Reason reason, ItemId item) implements Placed {}

  /** Too many requests wait already; nothing was tried. */
  record Overloaded(Duration retryAfter) implements Placed {}

  /** Nobody knows in time; the same key finds out and cannot take twice. */
  record Unanswered() implements Placed {}

  /** The database refuses to store this request, and nothing was written. */
  record NotStorable() implements Placed {}
}
