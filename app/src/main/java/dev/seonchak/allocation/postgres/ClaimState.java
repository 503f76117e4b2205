package dev.seonchak.allocation.postgres;

import dev.seonchak.engine.Cause;

/** The letters of claims.state: H held, C confirmed, R released, E expired, T returned. */
final class ClaimState {
  static final char HELD = 'H';
  static final char CONFIRMED = 'C';

  private ClaimState() {}

  /** What a claim must be, to be given back for this cause. */
  static char before(Cause cause) {
    return switch (cause) {
      case CANCELLED, EXPIRED -> HELD;
      case RETURNED -> CONFIRMED;
    };
  }

  static char after(Cause cause) {
    return switch (cause) {
      case CANCELLED -> 'R';
      case EXPIRED -> 'E';
      case RETURNED -> 'T';
    };
  }
}
