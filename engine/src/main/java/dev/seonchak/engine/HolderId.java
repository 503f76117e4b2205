package dev.seonchak.engine;

import java.util.UUID;

/**
 * Names what the claims of one take belong to: an order, a coupon, an entry. Ordered as PostgreSQL
 * orders uuids.
 */
public record HolderId(UUID value) implements Comparable<HolderId> {
  @Override
  public int compareTo(HolderId other) {
    return UuidOrder.compare(value, other.value);
  }
}
