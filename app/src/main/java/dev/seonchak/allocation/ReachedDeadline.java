package dev.seonchak.allocation;

import dev.seonchak.engine.HolderId;
import java.time.Instant;
import java.util.List;

/**
 * A moment that has come, and who still holds claims that were to be held until then.
 *
 * @param now when that was seen, by the database's clock
 * @param holders none when all of the claims were confirmed or given back
 */
public record ReachedDeadline(Instant now, Instant at, long id, List<HolderId> holders) {}
