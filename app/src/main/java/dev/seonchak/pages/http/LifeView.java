package dev.seonchak.pages.http;

import dev.seonchak.shared.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order, as the pages of its buyer and of its seller show it.
 *
 * @param cancelUntil until when the buyer may cancel what is paid, empty when that is over
 * @param refunded what went back or is on its way, empty for nothing
 * @param kept what is left of the amount
 * @param onItsWay what of it has not gone back yet, empty for nothing
 * @param historyGoesOn where the rest of a long history can be read, empty when this is all
 * @param refused what payment companies refuse to give back and somebody has to send
 * @param deposit the latest one, null when none was chosen
 */
public record LifeView(
    String cancelUntil,
    String refunded,
    String kept,
    String onItsWay,
    @Nullable DepositView deposit,
    @Nullable ShipmentView shipment,
    List<RefusedView> refused,
    List<RefundView> refunds,
    List<HappeningView> history,
    String historyGoesOn) {
  static final LifeView NONE =
      new LifeView("", "", "", "", null, null, List.of(), List.of(), List.of(), "");

  /** Whether some of the money has neither gone back nor is on its way. */
  public boolean keepsMoney() {
    return !kept.equals(Won.amount(Money.ZERO));
  }

  /**
   * What of the money goes back, in a sentence for the buyer.
   *
   * @param amount what was paid
   */
  public String moneyBack(String amount) {
    if (refunded.isEmpty()) {
      return refused.isEmpty() ? "No money goes back for it." : "";
    }
    String whole = refunded.equals(amount) ? refunded : refunded + " of " + amount;
    if (onItsWay.isEmpty()) {
      return whole + " has gone back to you.";
    }
    return onItsWay.equals(refunded)
        ? whole + " is on its way to you."
        : whole + " goes back to you; " + onItsWay + " of it is still on its way.";
  }

  /**
   * A bank transfer.
   *
   * @param owed what the seller has to send back by hand, empty for nothing
   * @param refund the refund that it is owed by, empty for none
   */
  public record DepositView(
      String payment,
      String stage,
      String bank,
      String account,
      String holder,
      String name,
      String amount,
      String deadline,
      String owed,
      String refund) {}

  /** A refund that its payment company refuses, with its words. */
  public record RefusedView(String payment, String refund, String amount, String why) {}

  /**
   * What is on its way.
   *
   * @param deliveredAt empty before
   */
  public record ShipmentView(
      String carrier, String trackingNumber, String shippedAt, String deliveredAt) {}

  /**
   * Something that was given back.
   *
   * @param refused whether the money could not go back this way
   */
  public record RefundView(String at, String amount, String what, String note, boolean refused) {}

  /** An entry of the history, in words. */
  public record HappeningView(String at, String what, String by, String detail) {}
}
