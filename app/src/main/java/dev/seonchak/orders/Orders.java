package dev.seonchak.orders;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Page;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where orders are read. An order is shown to its buyer and to the seller of its drop only. */
public interface Orders {
  /** The order with what was issued for it, when this viewer may see it. */
  Optional<Issued> read(OrderId id, AccountId viewer);

  /**
   * Who did what to the order when, when this viewer may see it; the oldest first.
   *
   * @param after the cursor: only what happened later; null for the first page
   */
  Optional<Page<Happening>> history(OrderId id, AccountId viewer, @Nullable Instant after);

  /**
   * One's own orders, the newest first.
   *
   * @param before the cursor: only orders made before this one; null for the first page
   */
  Page<Order> ofBuyer(AccountId buyer, @Nullable OrderId before);

  /**
   * The orders of a drop, the newest first, for its seller.
   *
   * @param state only these, null for all
   * @param before the cursor: only orders made before this one; null for the first page
   * @return empty when there is no such drop or it is somebody else's
   */
  Optional<Page<Order>> ofDrop(
      DropId drop, AccountId seller, Order.@Nullable State state, @Nullable OrderId before);
}
