package dev.seonchak.events.postgres;

import java.time.Instant;
import java.util.UUID;

/** A row of the outbox on its way to Kafka. */
public record OutboxRow(
    UUID id, String aggregate, UUID aggregateId, String type, String payload, Instant createdAt) {}
