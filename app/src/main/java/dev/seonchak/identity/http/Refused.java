package dev.seonchak.identity.http;

import dev.seonchak.shared.Problem;

/** The problems that more than one operation of this package answers with. */
final class Refused {
  private Refused() {}

  static Problem overloaded() {
    return Problem.of(503, "overloaded", "Too many people are signing in; ask again in a moment.")
        .with("retryAfterSeconds", 2);
  }

  static Problem tooManyAttempts(long seconds) {
    return Problem.of(429, "too-many-attempts", "Wrong too often; wait a while.")
        .with("retryAfterSeconds", seconds);
  }
}
