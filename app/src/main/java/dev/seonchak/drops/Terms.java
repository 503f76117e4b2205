package dev.seonchak.drops;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a seller promises and offers besides the items.
 *
 * @param cancelWithin how long after ordering a buyer may cancel a paid order that is not shipped
 *     yet; zero for never
 * @param bankTransfer where deposits go, null when the seller does not take them
 */
public record Terms(Duration cancelWithin, @Nullable BankTransfer bankTransfer) {}
