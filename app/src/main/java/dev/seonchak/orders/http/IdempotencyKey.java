package dev.seonchak.orders.http;

import org.jspecify.annotations.Nullable;

/** The header Idempotency-Key: 1 to 128 visible ASCII characters. */
final class IdempotencyKey {
  private static final int CHARACTERS_MAX = 128;

  private IdempotencyKey() {}

  /** The key, or a refusal when it is missing or malformed. */
  static String require(@Nullable String key) {
    if (key == null
        || key.isEmpty()
        || key.length() > CHARACTERS_MAX
        || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw OrderProblems.keyMissing();
    }
    return key;
  }
}
