package dev.seonchak.engine;

import java.util.UUID;

/** Names a pool, the stock of one item. Ordered as PostgreSQL orders uuids. */
public record PoolId(UUID value) implements Comparable<PoolId> {
  @Override
  public int compareTo(PoolId other) {
    return UuidOrder.compare(value, other.value);
  }
}
