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
 * index however many others there are; the last 40 bits of the buyer's id and the last 24 of the
 * drop's, so that all that a buyer has in a drop lies side by side; and the first 48 bits of the
 * SHA-256 of buyer, drop and what the buyer calls the attempt. Whoever reads by it compares the
 * buyer too, since parts of ids may agree.
 */
public record BuyerKey(UUID value) {
  /** Under which no order stands. */
  static final UUID NONE = new UUID(0, 0);

  /** Ids begin with 48 bits of milliseconds (RFC 9562, version 7), of which 21 are left. */
  private static final int MADE_SHIFT = 16 + 27;

  private static final int DROP_BITS = 24;
  private static final int ATTEMPT_BITS = 48;

  /**
   * @param key the header Idempotency-Key
   */
  public static BuyerKey of(DropId drop, AccountId buyer, String key) {
    long attempt = Fingerprint.ofKey(drop, buyer, key);
    return new BuyerKey(of(drop.value(), buyer.value(), attempt));
  }

  /** The first that this buyer could have in this drop. */
  public static UUID first(UUID drop, UUID buyer) {
    return of(drop, buyer, 0);
  }

  /** The last of them. */
  public static UUID last(UUID drop, UUID buyer) {
    return of(drop, buyer, -1);
  }

  private static UUID of(UUID drop, UUID buyer, long attempt) {
    long made = drop.getMostSignificantBits() >>> MADE_SHIFT;
    long who = last(buyer, 40);
    long where = last(drop, DROP_BITS);
    return new UUID(
        (made << 48) | (who << 8) | (where >>> 16),
        (where << ATTEMPT_BITS) | (attempt & ((1L << ATTEMPT_BITS) - 1)));
  }

  private static long last(UUID id, int bits) {
    return id.getLeastSignificantBits() & ((1L << bits) - 1);
  }
}
