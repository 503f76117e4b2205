package dev.seonchak.orders.http;

import dev.seonchak.orders.Placing;
import dev.seonchak.orders.Wish;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer wants, as JSON.
 *
 * @param lines one for each item, at least one
 * @param answers to the drop's form by question id; may also be given later
 * @param couponId a coupon to be spent on the order
 */
record OrderRequest(
    @Nullable List<@Nullable Line> lines,
    @Nullable Map<String, Object> answers,
    @Nullable UUID couponId) {

  /**
   * @param quantity units, from 1
   */
  record Line(@Nullable UUID itemId, @Nullable Long quantity) {}

  Wish wish() {
    List<Wish.Line> wanted = new ArrayList<>();
    if (lines != null) {
      if (lines.size() > Placing.LINES_MAX) {
        throw OrderProblems.tooManyLines();
      }
      for (int i = 0; i < lines.size(); i++) {
        wanted.add(line(i, lines.get(i)));
      }
    }
    return new Wish(wanted, answers == null ? Map.of() : answers, couponId);
  }

  private static Wish.Line line(int number, @Nullable Line line) {
    if (line == null) {
      throw Problem.invalid("lines[" + number + "]", "A line is missing.").refusal();
    }
    if (line.itemId() == null) {
      throw Problem.invalid("lines[" + number + "].itemId", "An item is missing.").refusal();
    }
    if (line.quantity() == null || line.quantity() < 1 || line.quantity() > Integer.MAX_VALUE) {
      throw OrderProblems.invalidQuantity(number, line.itemId());
    }
    return new Wish.Line(new ItemId(line.itemId()), line.quantity().intValue());
  }
}
