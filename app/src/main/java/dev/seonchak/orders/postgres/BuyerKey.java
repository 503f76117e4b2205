package dev.seonchak.orders.postgres;

import dev.seonchak.orders.Fingerprint;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.util.UUID;

/**
 * What an order is found by when its buyer comes again, and what no two orders have in common.
 *
 * <p>From the left, as PostgreSQL orders uuids: 16 bits of the moment at which the drop was made,
 * in steps of 2<sup>27</sup> ms (37 hours), so that orders of a drop lie near each other in the
 * index however many others there are; the last 48 bits of the buyer's id, so that all that a buyer
 * has in drops of that time lies side by side; and the first 64 bits of the SHA-256 of the buyer
 * and what the buyer calls the attempt. Whoever reads by it compares the buyer too, since parts of
 * ids may agree.
 */
public record BuyerKey(UUID value) {
  /** Ids begin with 48 bits of milliseconds (RFC 9562, version 7), of which 21 are left. */
  private static final int MADE_SHIFT = 16 + 27;

  private static final long BUYER_MASK = (1L << 48) - 1;

  /**
   * @param key the header Idempotency-Key
   */
  public static BuyerKey of(DropId drop, AccountId buyer, String key) {
    return of(drop.value(), buyer.value(), Fingerprint.ofKey(buyer, key));
  }

  /** The first that this buyer could have in drops that were made at the time of this one. */
  public static UUID first(UUID drop, UUID buyer) {
    return of(drop, buyer, 0).value;
  }

  /** The last of them. */
  public static UUID last(UUID drop, UUID buyer) {
    return of(drop, buyer, -1).value;
  }

  private static BuyerKey of(UUID drop, UUID buyer, long attempt) {
    long made = drop.getMostSignificantBits() >>> MADE_SHIFT;
    return new BuyerKey(
        new UUID((made << 48) | (buyer.getLeastSignificantBits() & BUYER_MASK), attempt));
  }
}
