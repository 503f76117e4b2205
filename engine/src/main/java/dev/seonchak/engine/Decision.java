package dev.seonchak.engine;

import java.time.Instant;
import java.util.List;

/**
 * What a batch comes to: the answers, and exactly the rows that make them true.
 *
 * <p>Each list below is one set-based statement. Counters come as deltas to be added, never as
 * values to be put, although the rows are locked: an addition stays right where an overwrite needs
 * an argument.
 *
 * @param at the instant of the decision, by the database's clock
 * @param outcomes one for each request, in the order of the requests
 * @param takes those granted by this decision, to be inserted with their claims, key and holder
 * @param releases holders whose claims change state by this decision
 * @param pools how the counters of pools change; pools whose counters stay are not listed
 * @param lapses unpaid expiries to be counted, at most one entry per group and claimant
 * @param after every pool that was read, as it stands once this decision is written
 */
public record Decision(
    Instant at,
    List<Outcome> outcomes,
    List<Taken> takes,
    List<Resolved> releases,
    List<PoolChange> pools,
    List<LapseCount> lapses,
    List<Pool> after) {

  /** A take that is granted; its claims are HELD until the deadline of the grant. */
  public record Taken(Request.Take take, Outcome.Granted granted) {}

  /**
   * A holder that is resolved; all its claims get {@code request.cause().becomes()}.
   *
   * @param holding as it was before
   */
  public record Resolved(Request.Release request, Holding holding) {}

  /**
   * @param takenDelta units to add to taken, may be negative or zero
   * @param sequenceDelta how many sequence numbers were given, to add to the next
   * @param after the whole row as it then is
   */
  public record PoolChange(PoolId pool, long takenDelta, long sequenceDelta, Pool after) {}

  /**
   * @param count expiries to add; the time of the latest is the time of the decision
   */
  public record LapseCount(Member member, int count) {}

  /** Whether it refuses everybody, which says nothing that could be lost. */
  public boolean isRefusal() {
    return outcomes.stream().allMatch(Outcome.Refused.class::isInstance);
  }

  /** Whether there is nothing to write, so that the transaction may just end. */
  public boolean isEmpty() {
    return takes.isEmpty() && releases.isEmpty();
  }
}
