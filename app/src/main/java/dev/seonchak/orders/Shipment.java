package dev.seonchak.orders;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to the buyer.
 *
 * @param carrier who brings it
 * @param deliveredAt null before
 */
public record Shipment(
    String carrier, String trackingNumber, Instant shippedAt, @Nullable Instant deliveredAt) {}
