package dev.seonchak.lab.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one round, before it is checked.
 *
 * @param began when, by {@link System#nanoTime}
 * @param perSecond answers within the round by its length; of a round that is counted, all answers
 *     by the time until the last
 * @param acknowledged also those whose answer came after the end
 * @param held from when to when each of these waited
 * @param refusals the same of answers that said no
 * @param failures calls that ended with an exception
 * @param firstFailure the first of them
 */
public record Round(
    long began,
    double perSecond,
    List<Acknowledged> acknowledged,
    Spans held,
    Spans refusals,
    long failures,
    @Nullable Throwable firstFailure) {

  public long refused() {
    return refusals.size();
  }

  public long answers() {
    return held.size() + refused();
  }
}
