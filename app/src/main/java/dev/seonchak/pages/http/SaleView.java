package dev.seonchak.pages.http;

import java.util.List;

/** The newest orders of a drop, as its seller's page shows them. */
public record SaleView(List<SoldView> orders) {
  static final SaleView NONE = new SaleView(List.of());

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
