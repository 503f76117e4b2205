package dev.seonchak.engine;

/** How a holder and all its claims stand; they are resolved together, and once. */
public enum HolderState {
  /** Taken and waiting for its deadline or its payment. */
  HELD,
  /** Held, and a payment is under way: neither cancelling nor expiring may touch it now. */
  BUSY,
  /** Paid for, or given for good. */
  CONFIRMED,
  /** Was held and was cancelled. */
  RELEASED,
  /** Was held and its deadline passed. */
  EXPIRED,
  /** Was confirmed and came back by a refund. */
  RETURNED
}
