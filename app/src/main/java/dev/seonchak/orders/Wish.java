package dev.seonchak.orders;

import dev.seonchak.shared.ItemId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer wants in one drop.
 *
 * @param answers to the drop's form by question id, empty when they are given later
 * @param coupon to be spent on the order, null for none
 */
public record Wish(List<Line> lines, Map<String, Object> answers, @Nullable UUID coupon) {
  /** So many units of one item; any quantity can be written down and is judged later. */
  public record Line(ItemId item, int quantity) {}

  public Wish {
    lines = List.copyOf(lines);
  }
}
