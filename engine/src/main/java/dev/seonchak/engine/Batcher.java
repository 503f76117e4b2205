package dev.seonchak.engine;

import dev.seonchak.engine.EngineSettings.Retries;
import dev.seonchak.engine.Journal.Commit;
import dev.seonchak.engine.Journal.Committed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * Brings one batch to its end: a commit, and an answer for everybody in it.
 *
 * <h2>Why everything can simply be run again</h2>
 *
 * A batch whose commit was not acknowledged is neither done nor undone. Asking the database "what
 * became of it" would be a second way of deciding, used rarely and so never right. Instead the same
 * batch goes through the same door again. If the lost transaction is still being committed, it
 * holds the rows of the pools, and the repetition waits for them; once it has them, the keys tell
 * what was done: a take finds its own success (same key, same holder) and gets the answer that it
 * would have got, a release finds its holder resolved. What was not done is decided now. Nothing
 * can be done twice, so a repetition is always safe, and every failure ends in one of three moves:
 * run it again as it is, run its halves, or give up when the callers have.
 *
 * <p>One request that the database rejects takes its batch down with it. Halving finds it in about
 * twice as many transactions as the batch has doublings, and everybody else succeeds. Standing
 * alone it is tried once more, since two nodes that insert the same key at the same time reject one
 * of them, which then finds the other's success.
 */
final class Batcher {
  private final Journal journal;
  private final BiFunction<BatchState, List<Request>, Decision> rules;
  private final PoolWatch watch;
  private final Retries retries;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final FaultLog faults;
  private final Telling telling;

  /**
   * @param rules {@link Decider#decide}, handed in so that the simulator can show that it notices
   *     broken ones
   * @param telling what becomes of those for whom something was decided
   */
  Batcher(
      Journal journal,
      BiFunction<BatchState, List<Request>, Decision> rules,
      PoolWatch watch,
      Retries retries,
      Ticker ticker,
      RandomGenerator random,
      Telling telling) {
    this.journal = journal;
    this.rules = rules;
    this.watch = watch;
    this.retries = retries;
    this.ticker = ticker;
    this.random = random;
    this.faults = new FaultLog(ticker);
    this.telling = telling;
  }

  /**
   * Returns once every request of the batch is decided or given up, whatever the journal does; who
   * waits is told by then or soon.
   *
   * @throws InterruptedException when the thread was told to stop; the rest is then unanswered
   */
  void run(List<Pending> batch) throws InterruptedException {
    boolean passedOn = false;
    try {
      passedOn = settle(batch);
    } catch (Error e) {
      faults.report("a batch of " + batch.size() + " failed", e);
      doubt(batch);
    } finally {
      if (!passedOn) {
        Pending.abandon(batch);
      }
    }
  }

  /** As {@link #run}, for what was committed and may be lost. */
  void runAgain(List<Pending> batch) throws InterruptedException {
    doubt(batch);
    run(batch);
  }

  /** Whether it has passed on every request, so that others see to the answers. */
  private boolean settle(List<Pending> whole) throws InterruptedException {
    var backOff = new BackOff(retries, ticker, random);
    int conflicts = 0;
    int rejections = 0;
    for (List<Pending> batch = inTime(whole); !batch.isEmpty(); batch = inTime(batch)) {
      try {
        commit(batch);
        return true;
      } catch (JournalException e) {
        faults.report("a transaction of " + batch.size() + " requests: " + e.kind(), e);
        switch (e.kind()) {
          case REJECTED -> {
            if (batch.size() > 1) {
              return runHalves(batch);
            }
            if (++rejections > 1) {
              batch.getFirst().complete(new Outcome.Rejected(String.valueOf(e.getMessage())));
              return false;
            }
          }
          case CONFLICT -> {
            if (++conflicts > retries.conflictsMax()) {
              return false;
            }
            backOff.pause();
          }
          case UNKNOWN -> {
            doubt(batch);
            backOff.pause();
          }
          case UNAVAILABLE -> backOff.pause();
        }
      } catch (RuntimeException e) {
        // A defect, perhaps in the content of one request; whether it was before the commit or
        // after it, nobody knows.
        faults.report("a batch of " + batch.size() + " failed", e);
        doubt(batch);
        if (batch.size() > 1) {
          return runHalves(batch);
        }
        if (++rejections > 1) {
          return false;
        }
      }
    }
    return false;
  }

  /** It may have been committed, so what was known of its pools is not known any more. */
  private void doubt(List<Pending> batch) {
    for (Pending pending : batch) {
      pending.doubt();
      pending.request().pools().forEach(watch::forget);
    }
  }

  private boolean runHalves(List<Pending> batch) throws InterruptedException {
    int half = batch.size() / 2;
    run(batch.subList(0, half));
    run(batch.subList(half, batch.size()));
    return true;
  }

  private void commit(List<Pending> batch) throws JournalException, InterruptedException {
    List<Request> requests = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      requests.add(pending.request());
    }
    Commit commit = telling.isLater(batch) ? Commit.AHEAD : Commit.DURABLE;
    Committed committed = transact(requests, commit);
    List<Outcome> outcomes = committed.decision().outcomes();
    for (int i = 0; i < outcomes.size(); i++) {
      batch.get(i).decide(outcomes.get(i), committed);
    }
    if (commit == Commit.AHEAD && !committed.decision().isRefusal()) {
      if (telling.later(batch)) {
        return;
      }
      journal.flush(committed.epoch());
    }
    telling.now(batch);
  }

  /** The watch hears what changes before it is committed, and how pools stand before it is told. */
  private Committed transact(List<Request> requests, Commit commit)
      throws JournalException, InterruptedException {
    List<PoolId> changing = new ArrayList<>();
    try {
      Committed committed =
          journal.transact(
              requests,
              state -> {
                Decision decided = rules.apply(state, requests);
                decided.pools().forEach(change -> changing.add(change.pool()));
                watch.changing(changing);
                return decided;
              },
              commit);
      watch.learn(committed.decision().after(), committed.decision().at());
      return committed;
    } finally {
      watch.changed(changing);
    }
  }

  private List<Pending> inTime(List<Pending> batch) {
    long now = ticker.nanos();
    boolean all = true;
    for (Pending pending : batch) {
      all &= !pending.isLate(now);
    }
    if (all) {
      return batch;
    }
    List<Pending> kept = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      if (pending.isLate(now)) {
        pending.complete(new Outcome.Unanswered());
      } else {
        kept.add(pending);
      }
    }
    return kept;
  }
}
