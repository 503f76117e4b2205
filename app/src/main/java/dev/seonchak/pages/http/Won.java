package dev.seonchak.pages.http;

import dev.seonchak.shared.Money;

/** How amounts are written on pages. */
final class Won {
  private Won() {}

  static String text(Money money) {
    return money.amount() == 0 ? "free" : "₩%,d".formatted(money.amount());
  }
}
