package dev.seonchak.shared;

import java.util.UUID;

/** The id of one signed-in session. */
public record SessionId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
