package dev.seonchak.shared;

import java.util.UUID;

/** The id of one payment. */
public record PaymentId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
