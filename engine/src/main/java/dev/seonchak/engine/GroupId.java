package dev.seonchak.engine;

import java.util.UUID;

/**
 * Names what pools are sold together in, the drop; unpaid expiries are counted per group. Ordered
 * as PostgreSQL orders uuids.
 */
public record GroupId(UUID value) implements Comparable<GroupId> {
  @Override
  public int compareTo(GroupId other) {
    return UuidOrder.compare(value, other.value);
  }
}
