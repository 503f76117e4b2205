package dev.seonchak.engine;

import java.util.UUID;

/**
 * The order in which PostgreSQL sorts its type uuid: sixteen unsigned bytes.
 *
 * <p>{@link UUID#compareTo} compares two signed longs and puts half of all ids in another place. As
 * rows are locked in id order, two parties with two orders would deadlock.
 */
final class UuidOrder {
  private UuidOrder() {}

  static int compare(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }
}
