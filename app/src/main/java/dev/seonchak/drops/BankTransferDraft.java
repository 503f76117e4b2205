package dev.seonchak.drops;

import org.jspecify.annotations.Nullable;

/**
 * Where deposits go, as the seller wrote it.
 *
 * @param minutes how long an order waits for its deposit; missing means 30
 */
public record BankTransferDraft(
    @Nullable String bank,
    @Nullable String account,
    @Nullable String holder,
    @Nullable Integer minutes) {}
