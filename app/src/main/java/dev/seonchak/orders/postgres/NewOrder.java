package dev.seonchak.orders.postgres;

import dev.seonchak.engine.Holder;
import dev.seonchak.engine.HolderId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * An order on its way into a batch.
 *
 * @param answers JSON, null when there are none
 * @param paid whether nothing is left to pay or to fill, so that it is PAID from the start
 */
public record NewOrder(
    HolderId id, DropId drop, BuyerKey key, Money amount, @Nullable String answers, boolean paid)
    implements Holder {}
