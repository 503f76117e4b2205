package dev.seonchak.payments;

/** Holds a transaction to the rows that it meant to change. */
final class Rows {
  private Rows() {}

  /**
   * @throws IllegalStateException when the row was not in the state that the caller had seen under
   *     the order's lock; the transaction rolls back
   */
  static void changed(boolean happened) {
    if (!happened) {
      throw new IllegalStateException("a payment changed although its order was locked");
    }
  }
}
