package dev.seonchak.pages.http;

import dev.seonchak.shared.Money;

/** How amounts are written on pages. */
final class Won {
  private Won() {}

  /** As an amount, also when it is nothing. */
  static String amount(Money money) {
    return "₩%,d".formatted(money.amount());
  }

  static String text(Money money) {
    return money.amount() == 0 ? "free" : amount(money);
  }
}
