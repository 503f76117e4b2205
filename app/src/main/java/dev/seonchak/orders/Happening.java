package dev.seonchak.orders;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an order's history.
 *
 * @param what the state that it came to, or what else was done
 * @param detail what else there is to say, null for nothing
 */
public record Happening(Instant at, What what, By by, @Nullable String detail) {
  /** What can happen; the names are those of the database and of JSON. */
  public enum What {
    /** The stock was taken; the first entry of every history. */
    HELD,
    ANSWERED,
    /** The stock was taken again for a buyer who came back late. */
    HELD_AGAIN,
    PENDING,
    AWAITING_DEPOSIT,
    /** The seller said that the deposit arrived. */
    DEPOSIT_ARRIVED,
    /** The seller said so when the order could not take it any more. */
    DEPOSIT_TOO_LATE,
    PAYING,
    PAID,
    CONFIRMED,
    SHIPPED,
    DELIVERED,
    CANCELLED,
    EXPIRED,
    /** Some of the money or of the units went back. */
    REFUNDED_IN_PART,
    REFUNDED,
    /** The gateway will not give the money of a refund back. */
    REFUND_REFUSED,
    /** The seller said that money which goes back by hand was sent. */
    SENT_BACK
  }

  /** Who did it. */
  public enum By {
    BUYER,
    SELLER,
    PLATFORM
  }
}
