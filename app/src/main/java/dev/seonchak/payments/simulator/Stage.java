package dev.seonchak.payments.simulator;

/** Where a session stands; each protocol has words of its own for it. */
enum Stage {
  /** Announced. */
  READY,
  /** The buyer is looking at the page. */
  OPENED,
  /** The buyer has agreed, and the shop may take the money. */
  AGREED,
  CAPTURED,
  PARTLY_RETURNED,
  RETURNED,
  /** The buyer could not agree. */
  DECLINED,
  /** The buyer left. */
  QUIT,
  /** The buyer had agreed, but the money was not to be had. */
  FAILED
}
