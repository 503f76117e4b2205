package dev.seonchak.shared;

import java.util.UUID;

/** The id of one drop. */
public record DropId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
