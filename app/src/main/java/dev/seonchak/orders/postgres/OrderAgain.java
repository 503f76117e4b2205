package dev.seonchak.orders.postgres;

import dev.seonchak.engine.Holder;
import dev.seonchak.engine.HolderId;
import java.util.UUID;

/**
 * An expired order whose stock is taken again.
 *
 * @param id of the order
 * @param attempt names this attempt, so that a commit without an answer can be found again
 */
public record OrderAgain(HolderId id, UUID attempt) implements Holder {}
