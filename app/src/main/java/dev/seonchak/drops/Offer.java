package dev.seonchak.drops;

import dev.seonchak.allocation.Stock;
import dev.seonchak.shared.ItemId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A drop as a visitor sees it: with what is free of each item at this moment.
 *
 * @param stock by item; what it says may be overtaken at once, and an item that a draft is just
 *     losing has none
 */
public record Offer(Drop drop, Map<ItemId, Stock> stock) {

  private static final Stock NONE = new Stock(0, 0);

  /** Where a published drop stands in its window. */
  public enum Phase {
    UPCOMING,
    OPEN,
    SOLD_OUT,
    CLOSED
  }

  public Offer {
    stock = Map.copyOf(stock);
  }

  /** The stock of one of the drop's items. */
  public Stock of(ItemId item) {
    return stock.getOrDefault(item, NONE);
  }

  /**
   * The phase at a time, empty for a DRAFT. Only the database's clock decides what can be taken.
   */
  public Optional<Phase> phase(Instant now) {
    return switch (drop.state()) {
      case DRAFT -> Optional.empty();
      case CLOSED -> Optional.of(Phase.CLOSED);
      case PUBLISHED -> Optional.of(inWindow(now));
    };
  }

  private Phase inWindow(Instant now) {
    var closesAt = drop.closesAt();
    if (closesAt != null && !now.isBefore(closesAt)) {
      return Phase.CLOSED;
    }
    if (now.isBefore(drop.opensAt())) {
      return Phase.UPCOMING;
    }
    return stock.values().stream().allMatch(s -> s.free() == 0) ? Phase.SOLD_OUT : Phase.OPEN;
  }
}
