package dev.seonchak.shared;

import java.util.UUID;

/** The id of one item, which is also the id of its pool. */
public record ItemId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
