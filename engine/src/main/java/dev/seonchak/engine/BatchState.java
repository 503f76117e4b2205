package dev.seonchak.engine;

import java.time.Instant;
import java.util.Map;

/**
 * What a journal read for one batch, after it had locked the pools and the holders concerned.
 *
 * <p>Whatever is not in a map is not in the database: an unknown pool, a key that never succeeded,
 * no units, no lapses. The maps are only read, by one thread.
 *
 * @param now the database's clock, read after the locks were granted
 * @param pools those named by any request of the batch
 * @param units HELD and CONFIRMED units for each pool and claimant of a take
 * @param lapses for each group and claimant of a take
 * @param remembered for each claimant and key of a take
 * @param holdings for each holder of a release
 */
public record BatchState(
    Instant now,
    Map<PoolId, Pool> pools,
    Map<Share, Long> units,
    Map<Member, Lapses> lapses,
    Map<OwnKey, Remembered> remembered,
    Map<HolderId, Holding> holdings) {}
