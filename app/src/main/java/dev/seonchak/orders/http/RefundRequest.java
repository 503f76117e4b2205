package dev.seonchak.orders.http;

import dev.seonchak.orders.GivingBack;
import dev.seonchak.orders.GivingBack.Ask;
import dev.seonchak.orders.Placing;
import dev.seonchak.orders.Refund.Units;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a seller gives back, as JSON. Neither amount nor lines means everything that is left.
 *
 * @param amount in won; missing means the price of the lines, or all that is left
 * @param lines what is taken back from the buyer
 * @param returnStock whether that goes on sale again; must be said
 * @param note a word to the buyer
 */
record RefundRequest(
    @Nullable Long amount,
    @Nullable List<@Nullable Line> lines,
    @Nullable Boolean returnStock,
    @Nullable String note) {

  /**
   * @param quantity units, from 1
   */
  record Line(@Nullable UUID itemId, @Nullable Long quantity) {}

  Ask ask() {
    if (returnStock == null) {
      throw Problem.invalid("returnStock", "Say whether the stock goes back.").refusal();
    }
    if (amount != null && amount < 0) {
      throw Problem.invalid("amount", "An amount is a whole number from 0.").refusal();
    }
    return new Ask(amount == null ? null : new Money(amount), units(), returnStock, text());
  }

  private List<Units> units() {
    List<Units> units = new ArrayList<>();
    if (lines == null) {
      return units;
    }
    if (lines.isEmpty() || lines.size() > Placing.LINES_MAX) {
      throw Problem.invalid("lines", "There are 1 to 20 lines, or no `lines` at all.").refusal();
    }
    for (int i = 0; i < lines.size(); i++) {
      units.add(units("lines[" + i + "]", lines.get(i)));
    }
    return units;
  }

  private static Units units(String path, @Nullable Line line) {
    if (line == null || line.itemId() == null) {
      throw Problem.invalid(path + ".itemId", "An item is missing.").refusal();
    }
    if (line.quantity() == null || line.quantity() < 1 || line.quantity() > Integer.MAX_VALUE) {
      throw Problem.invalid(path + ".quantity", "A quantity is a whole number from 1.").refusal();
    }
    return new Units(new ItemId(line.itemId()), line.quantity().intValue());
  }

  private @Nullable String text() {
    if (note == null || note.isBlank()) {
      return null;
    }
    var text = note.strip();
    if (text.codePointCount(0, text.length()) > GivingBack.NOTE_CHARACTERS_MAX) {
      throw Problem.invalid("note", "A note takes at most 200 characters.").refusal();
    }
    return text;
  }
}
