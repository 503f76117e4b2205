package dev.seonchak.orders;

import dev.seonchak.orders.GivingBack.Ask;
import dev.seonchak.orders.GivingBack.Outcome;
import dev.seonchak.orders.Refund.Units;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a refund comes to.
 *
 * @param amount the money that goes back
 * @param units what is taken back from the buyer, and goes into its pools if that is wanted
 * @param ends whether no unit is left of the order, so that it is REFUNDED
 */
public record RefundPlan(Money amount, List<Units> units, boolean ends) {
  public RefundPlan {
    units = List.copyOf(units);
  }

  /** What a refund is made from. */
  public sealed interface Reading {
    /** It can be done. */
    record Good(RefundPlan plan) implements Reading {}

    /** It cannot, and this is the answer. */
    record Bad(Outcome outcome) implements Reading {}
  }

  /**
   * Reads what is asked.
   *
   * @param left money that was captured and neither went back nor is on its way
   * @param remaining units by item that were not taken back yet, in the order of the lines
   * @param prices of one unit
   */
  public static Reading of(
      Ask ask, Money left, Map<ItemId, Integer> remaining, Map<ItemId, Money> prices) {
    Money amount = ask.amount();
    if (amount != null && amount.compareTo(left) > 0) {
      return new Reading.Bad(new Outcome.TooMuch(left));
    }
    if (ask.units().isEmpty()) {
      return amount == null
          ? new Reading.Good(new RefundPlan(left, all(remaining), true))
          : money(amount, ask.returnStock());
    }
    Set<ItemId> seen = new HashSet<>();
    Money price = Money.ZERO;
    for (int i = 0; i < ask.units().size(); i++) {
      Units units = ask.units().get(i);
      int most = remaining.getOrDefault(units.item(), 0);
      if (!seen.add(units.item()) || !prices.containsKey(units.item())) {
        return invalid("lines[" + i + "].itemId", "This is not a line of the order, or is twice.");
      }
      if (units.quantity() < 1 || units.quantity() > most) {
        return invalid("lines[" + i + "].quantity", "Of this line " + most + " are left.");
      }
      price = price.plus(prices.getOrDefault(units.item(), Money.ZERO).times(units.quantity()));
    }
    Money back = amount != null ? amount : price.compareTo(left) < 0 ? price : left;
    boolean ends = count(ask.units()) == remaining.values().stream().mapToInt(n -> n).sum();
    return new Reading.Good(new RefundPlan(back, ask.units(), ends));
  }

  private static Reading money(Money amount, boolean returnStock) {
    if (amount.equals(Money.ZERO)) {
      return invalid("amount", "Nothing is no refund.");
    }
    return returnStock
        ? invalid("returnStock", "Money alone returns no stock; name the lines.")
        : new Reading.Good(new RefundPlan(amount, List.of(), false));
  }

  private static Reading invalid(String field, String reason) {
    return new Reading.Bad(new Outcome.Invalid(field, reason));
  }

  private static List<Units> all(Map<ItemId, Integer> remaining) {
    List<Units> all = new ArrayList<>();
    remaining.forEach((item, quantity) -> {
      if (quantity > 0) {
        all.add(new Units(item, quantity));
      }
    });
    return all;
  }

  private static int count(List<Units> units) {
    return units.stream().mapToInt(Units::quantity).sum();
  }
}
