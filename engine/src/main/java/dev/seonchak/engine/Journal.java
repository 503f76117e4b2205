package dev.seonchak.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The port behind which the truth is kept: PostgreSQL in the platform, memory in the simulator.
 *
 * <p>Called by several threads at once: one for each writer, one that flushes, and decides again
 * what it could not flush, and one that probes.
 */
public interface Journal {
  /**
   * How long a process waits, from the moment in which the probes of others can see it, before it
   * writes for the first time.
   */
  Duration NEWCOMER_WAIT = Duration.ofMillis(50);

  /**
   * Decides and writes one batch in one transaction.
   *
   * <p>In this order: lock the pools of all requests by id, then the holders of all releases by id;
   * in later statements (a statement's snapshot is older than its wait for a lock) read the clock,
   * the pools and everything else of {@link BatchState}; call {@code decide} once; write the
   * decision; commit. It returns only when the commit was acknowledged.
   *
   * @param batch in arrival order, not empty; a holder or a key may appear more than once
   * @param decide deterministic and fast, does no input or output
   * @return with what {@code decide} returned
   * @throws JournalException when the commit was not acknowledged; its kind says what is known
   */
  Committed transact(List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
      throws JournalException, InterruptedException;

  /** What a commit waits for. */
  enum Commit {
    /** What was found and what was written cannot be lost any more. */
    DURABLE,
    /**
     * Others see what was written, but it may still be lost, together with all that was written
     * after it. Nobody may be told before {@link #flush}.
     */
    AHEAD
  }

  /**
   * A batch that is committed.
   *
   * @param epoch a number that stands for a time in which the database has lost nothing; it is
   *     another one whenever this process could have missed a loss
   */
  record Committed(Decision decision, long epoch) {}

  /**
   * Returns once everything that was committed before the call cannot be lost any more.
   *
   * @param epoch that of the batches for which it is called
   * @throws JournalException UNKNOWN when the epoch is over, or nobody can say
   */
  void flush(long epoch) throws JournalException, InterruptedException;

  /**
   * Reads how pools stand, without locks and without waiting for any, from the database that takes
   * the writes.
   *
   * <p>The pool rows must be read in this call, from what is committed when it begins or later. The
   * claimants may be read by the same statement or another one.
   *
   * @param pools whose rows are wanted; unknown ones are left out of the answer
   * @param claimantsAfter for some of these pools a sequence number; wanted are the claimants of
   *     claims, whatever their state, with higher numbers, lowest numbers first
   * @param claimantsMax how many of them at most, per pool
   */
  Probe probe(Set<PoolId> pools, Map<PoolId, Long> claimantsAfter, int claimantsMax)
      throws JournalException, InterruptedException;
}
