package dev.seonchak.shared;

import java.util.UUID;

/** The id of one order. */
public record OrderId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
