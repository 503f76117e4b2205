package dev.seonchak.drops;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One item as its seller wrote it.
 *
 * @param id the item that is meant when a drop is edited; missing means the one at this position
 * @param price in won
 * @param limitPerPerson missing means 2
 */
public record ItemDraft(
    @Nullable UUID id,
    @Nullable String name,
    @Nullable Long price,
    @Nullable Long capacity,
    @Nullable Integer limitPerPerson) {}
