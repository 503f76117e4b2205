package dev.seonchak.shared;

import java.util.UUID;

/** The id of one account. */
public record AccountId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
