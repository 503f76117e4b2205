package dev.seonchak.pages.http;

import java.util.List;

/** What a seller's page shows of a sale: money to act on, and the newest orders. */
public record SaleView(
    List<RefusedView> refused, List<TransferView> transfers, List<SoldView> orders) {
  static final SaleView NONE = new SaleView(List.of(), List.of(), List.of());

  /** A refund that a payment company refuses, so that the seller has to see to it. */
  public record RefusedView(String order, String amount) {}

  /** A bank transfer that the seller has to look for or to send back. */
  public record TransferView(String order, String name, String amount, boolean owed) {}

  /** One order in the seller's list. */
  public record SoldView(
      String id,
      String createdAt,
      String buyer,
      String what,
      String answers,
      String state,
      String tone,
      String amount) {}
}
