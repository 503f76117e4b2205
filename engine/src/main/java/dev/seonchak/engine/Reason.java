package dev.seonchak.engine;

/**
 * Why a take was refused, in order of precedence: of all reasons that apply to any line, the one
 * that stands first here is given, with the first line that it applies to.
 */
public enum Reason {
  /** No such pool in this group. */
  UNKNOWN_POOL,
  /** The database's clock has not reached the opening. */
  NOT_OPEN_YET,
  /** The database's clock has reached the closing. */
  CLOSED,
  /** Less than one unit. */
  INVALID_QUANTITY,
  /** With what the claimant holds or has bought already it would be more than the limit. */
  LIMIT_REACHED,
  /** The claimant let too many holds of this group expire unpaid, and not long ago. */
  TOO_MANY_UNPAID,
  /** Fewer units are free than are wanted. */
  SOLD_OUT
}
