package dev.seonchak.engine;

import java.time.Duration;

/**
 * Every bound of the engine.
 *
 * @param writers threads that write; more of them help only where many pools are hot
 * @param inboxMax requests that wait for one writer before it refuses more
 * @param batchMax requests decided in one transaction
 * @param aheadMin requests from which on the writer goes on while the disk is written; fewer are
 *     told sooner if it waits
 * @param answerWithin how long a request may take before its caller is told to ask again
 * @param retries how failures of the journal are met
 * @param watch how refusals are given without a batch
 * @param limits rules that hold for every pool
 */
public record EngineSettings(
    int writers,
    int inboxMax,
    int batchMax,
    int aheadMin,
    Duration answerWithin,
    Retries retries,
    Watch watch,
    Limits limits) {

  public static final EngineSettings DEFAULT =
      new EngineSettings(
          1,
          10_000,
          1_000,
          64,
          Duration.ofSeconds(8),
          Retries.DEFAULT,
          Watch.DEFAULT,
          Limits.DEFAULT);

  /**
   * @throws IllegalArgumentException when a bound is not positive
   */
  public EngineSettings {
    if (writers < 1 || inboxMax < 1 || batchMax < 1 || aheadMin < 1 || !answerWithin.isPositive()) {
      throw new IllegalArgumentException("bounds must be positive");
    }
  }

  /**
   * @param conflictsMax how often a batch is tried again after a conflict
   * @param backOffMin the first pause before a batch is tried again; each further one is twice as
   *     long, and each is shortened by chance
   * @param backOffMax the longest pause
   * @param overloadedRetryAfter what a caller is told who found the engine full
   */
  public record Retries(
      int conflictsMax, Duration backOffMin, Duration backOffMax, Duration overloadedRetryAfter) {

    public static final Retries DEFAULT =
        new Retries(20, Duration.ofMillis(1), Duration.ofMillis(250), Duration.ofSeconds(1));

    /**
     * @throws IllegalArgumentException when a bound is out of range
     */
    public Retries {
      if (conflictsMax < 0 || !backOffMin.isPositive() || backOffMax.compareTo(backOffMin) < 0) {
        throw new IllegalArgumentException("back-off from " + backOffMin + " to " + backOffMax);
      }
    }
  }

  /**
   * @param probeEvery the least time from the start of one probe to the start of the next
   * @param lookGoodFor how long after its start a probe may refuse those who came after it, when no
   *     other process writes; zero for never
   * @param waitingMax requests that wait for a probe before more are refused
   * @param poolsMax pools that are remembered as probably refusing; the one not asked for longest
   *     is forgotten
   * @param claimantsPerPageMax claimants that one probe learns for one pool
   * @param claimsMax claims, of all those pools together, for which there is room to remember who
   *     has them (about ten bits each); a pool that does not fit has its refusals decided in
   *     batches
   */
  public record Watch(
      Duration probeEvery,
      Duration lookGoodFor,
      int waitingMax,
      int poolsMax,
      int claimantsPerPageMax,
      int claimsMax) {

    public static final Watch DEFAULT =
        new Watch(Duration.ofMillis(5), Duration.ofMillis(10), 50_000, 64, 20_000, 8_000_000);

    /**
     * @throws IllegalArgumentException when a bound is not positive, or a newcomer could write
     *     while an older look is still good
     */
    public Watch {
      if (probeEvery.isNegative()
          || waitingMax < 1
          || poolsMax < 1
          || claimantsPerPageMax < 1
          || claimsMax < 1) {
        throw new IllegalArgumentException("bounds must be positive");
      }
      if (lookGoodFor.isNegative() || lookGoodFor.compareTo(Journal.NEWCOMER_WAIT) >= 0) {
        throw new IllegalArgumentException("a look cannot be good for " + lookGoodFor);
      }
    }
  }
}
