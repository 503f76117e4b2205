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
 * @param deposit the latest one, null when none was chosen
 */
public record LifeView(
    String cancelUntil,
    String refunded,
    String kept,
    String onItsWay,
    @Nullable DepositView deposit,
    @Nullable ShipmentView shipment,
    List<RefundView> refunds,
    List<HappeningView> history) {
  static final LifeView NONE = new LifeView("", "", "", "", null, null, List.of(), List.of());

  /** Whether some of the money has neither gone back nor is on its way. */
  public boolean keepsMoney() {
    return !kept.equals(Won.amount(Money.ZERO));
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

  /**
   * What is on its way.
   *
   * @param deliveredAt empty before
   */
  public record ShipmentView(
      String carrier, String trackingNumber, String shippedAt, String deliveredAt) {}

  /** Something that was given back. */
  public record RefundView(String at, String amount, String what, String note) {}

  /** An entry of the history, in words. */
  public record HappeningView(String at, String what, String by, String detail) {}
}
