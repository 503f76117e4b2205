package dev.seonchak.engine;

import java.util.UUID;

/** Names who claims, usually an account. Ordered as PostgreSQL orders uuids. */
public record ClaimantId(UUID value) implements Comparable<ClaimantId> {
  @Override
  public int compareTo(ClaimantId other) {
    return UuidOrder.compare(value, other.value);
  }
}
