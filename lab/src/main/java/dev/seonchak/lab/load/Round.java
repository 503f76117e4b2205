package dev.seonchak.lab.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one round, before it is checked.
 *
 * @param perSecond holds that were acknowledged within the round, by its length
 * @param latencies of every hold that was acknowledged
 * @param acknowledged also those whose answer came after the end
 * @param refused answers that said no
 * @param failures calls that ended with an exception
 * @param firstFailure the first of them
 */
public record Round(
    double perSecond,
    Latencies latencies,
    List<Acknowledged> acknowledged,
    long refused,
    long failures,
    @Nullable Throwable firstFailure) {}
