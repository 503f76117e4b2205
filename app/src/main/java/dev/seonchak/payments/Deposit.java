package dev.seonchak.payments;

import dev.seonchak.drops.BankTransfer;
import dev.seonchak.shared.DropId;
import java.time.Instant;

/**
 * A payment by bank transfer with what it waits for.
 *
 * @param to where the money goes, as it was when the buyer chose so
 * @param name the sender's name by which the seller recognizes it, unlike any other in the account
 */
public record Deposit(
    Payment payment, DropId drop, BankTransfer to, String name, Instant deadline) {

  /** How a deposit stands, in a seller's words. */
  public enum Stage {
    /** In time, and nobody has seen the money yet. */
    AWAITED,
    /** The deadline passed, or the order was cancelled, without the money. */
    MISSED,
    /** It is here and paid the order. */
    ARRIVED,
    /** The seller has to send money back by hand. */
    OWED,
    /** All of it was sent back. */
    SENT_BACK
  }

  public Stage stage() {
    return switch (payment.state()) {
      case READY -> Stage.AWAITED;
      case FAILED -> Stage.MISSED;
      case APPROVED -> Stage.ARRIVED;
      case REFUNDING -> Stage.OWED;
      case REFUNDED -> Stage.SENT_BACK;
      case APPROVING, UNKNOWN ->
          throw new IllegalStateException("no gateway is asked about a deposit");
    };
  }
}
