package dev.seonchak.engine;

/** Why a holder's claims were not given back, in order of precedence. */
public enum Obstacle {
  /** There is no such holder. */
  UNKNOWN_HOLDER,
  /** A payment is under way. */
  BUSY,
  /** It was cancelled before. */
  ALREADY_RELEASED,
  /** It expired before. */
  ALREADY_EXPIRED,
  /** It was returned before. */
  ALREADY_RETURNED,
  /** It is paid for, so it can only be returned. */
  CONFIRMED,
  /** It is not paid for, so it cannot be returned. */
  NOT_CONFIRMED,
  /** Its deadline has not passed yet. */
  NOT_DUE
}
