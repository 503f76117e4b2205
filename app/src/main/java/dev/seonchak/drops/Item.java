package dev.seonchak.drops;

import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;

/**
 * One thing with a price in a drop; its stock is the pool of the same id.
 *
 * @param limitPerPerson how many units one account may hold or own at once
 */
public record Item(ItemId id, String name, Money price, int limitPerPerson) {}
