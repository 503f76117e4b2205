package dev.seonchak.audit;

import dev.seonchak.shared.ItemId;
import java.util.List;

/**
 * What an audit of a drop has found.
 *
 * @param violations of each rule only the first few, one after another
 */
public record Report(List<ItemCount> items, MoneyCount money, List<Violation> violations) {
  /**
   * What became of the units of an item.
   *
   * @param free by the pool's counter
   * @param held by the claims, like {@code confirmed}
   * @param sequences how many numbers were given
   */
  public record ItemCount(
      ItemId item, long capacity, long free, long held, long confirmed, long sequences) {}

  /**
   * What became of the money that gateways captured, in won; below zero where rows are wrong.
   *
   * @param kept by orders PAID and beyond
   * @param refunding on its way back
   */
  public record MoneyCount(long captured, long kept, long refunding, long refunded) {}

  /**
   * A rule that does not hold.
   *
   * @param rule its stable name
   * @param detail one sentence that names the rows
   */
  public record Violation(String rule, String detail) {}

  public Report {
    items = List.copyOf(items);
    violations = List.copyOf(violations);
  }

  public boolean isClean() {
    return violations.isEmpty();
  }
}
