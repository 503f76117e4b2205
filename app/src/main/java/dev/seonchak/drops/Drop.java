package dev.seonchak.drops;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a seller opens: a page with a form, a window in time and items. Stock is not here but in the
 * pools of `allocation`.
 *
 * @param closesAt the end of the window, exclusive; null when it stays open until closed
 * @param hold how long an unpaid order keeps its claims
 */
public record Drop(
    DropId id,
    AccountId seller,
    String title,
    String description,
    Kind kind,
    State state,
    Instant opensAt,
    @Nullable Instant closesAt,
    Duration hold,
    List<Item> items,
    Form form,
    Terms terms) {

  /** What kind of thing is sold. */
  public enum Kind {
    GOODS,
    TICKET,
    COUPON
  }

  /** DRAFT can be edited; PUBLISHED keeps its prices and questions; CLOSED takes no more orders. */
  public enum State {
    DRAFT,
    PUBLISHED,
    CLOSED
  }

  public Drop {
    items = List.copyOf(items);
  }

  public Optional<Item> item(ItemId id) {
    return items.stream().filter(item -> item.id().equals(id)).findFirst();
  }
}
