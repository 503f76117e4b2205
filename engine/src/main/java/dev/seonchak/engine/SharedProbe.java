package dev.seonchak.engine;

import dev.seonchak.engine.JournalException.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, with one small read, thousands who came for what is gone.
 *
 * <h2>Why a refusal needs no place in a batch, and yet no guess</h2>
 *
 * When a hundred pieces are gone, the other ninety-nine thousand buyers keep asking. A batch would
 * lock the pool, look up every key and every limit, and say no to all of them; a flag "sold out" in
 * memory would cost nothing, but lie as soon as a hold expires, on this node for as long as the
 * flag lives and on another node for longer.
 *
 * <p>So they share a look. A take from a pool that refused last waits here for a probe that
 * <em>begins after it has arrived</em>: one read of the pools' rows, without locks, for all that
 * wait. If the row says that nothing is free, then nothing was free at some instant between this
 * request's arrival and its answer, which is all that a refusal by a batch could have said. Stock
 * that came back is seen by the very next probe, on every node, and everybody goes on into a batch.
 * While one probe runs the next crowd gathers: the load on the database is one read at a time,
 * however many ask.
 *
 * <p>While this process is the only one that writes, it hears of every change from itself. Then a
 * look also refuses, for some milliseconds and until such a change, whoever comes after it had
 * begun, at once and without waiting: {@link PoolWatch}.
 *
 * <h2>Why it must know who came before</h2>
 *
 * A claimant who got a piece, lost the answer and asks again with the same key must get the piece,
 * not "sold out". An earlier success of this take has left a claim in each of its pools, with a
 * sequence number that is less than the pool's next. The probe reads along who has claims, page by
 * page, into a filter that never forgets a member ({@link PastClaimants}). Only if it is read up to
 * the very number in the row that refuses, and does not know the claimant, is there surely no
 * earlier success; else the take goes into a batch, which looks the key up. While the filter is
 * being read, all do.
 *
 * <h2>What it can and cannot say</h2>
 *
 * The pools' rows tell "not open yet", "closed", "invalid quantity" and "sold out", in that order
 * and over all lines. A batch might have said "limit reached" or "too many unpaid" where this says
 * "sold out": for the buyer it is the same no. And a key that was used before for other pools is
 * "reused" only for a batch. An unknown pool is left to the batch as well.
 */
final class SharedProbe {
  private final Journal journal;
  private final PoolWatch watch;
  private final PastClaimants past;
  private final EngineSettings settings;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final FaultLog faults;
  private final Consumer<Pending> goOn;

  /**
   * @param goOn what becomes of takes that are not refused here
   */
  SharedProbe(
      Journal journal,
      PoolWatch watch,
      EngineSettings settings,
      Ticker ticker,
      RandomGenerator random,
      Consumer<Pending> goOn) {
    this.journal = journal;
    this.watch = watch;
    this.past = new PastClaimants(settings.watch().poolsMax(), settings.watch().claimsMax());
    this.settings = settings;
    this.ticker = ticker;
    this.random = random;
    this.faults = new FaultLog(ticker);
    this.goOn = goOn;
  }

  /**
   * Looks once for a crowd that has arrived, and keeps the distance to the next look. Everybody is
   * refused or has gone on when it returns.
   */
  void look(List<Pending> crowd) throws InterruptedException {
    long begun = ticker.nanos();
    lookOnce(crowd);
    long left = settings.watch().probeEvery().toNanos() - (ticker.nanos() - begun);
    if (left > 0) {
      ticker.pause(left);
    }
  }

  private void lookOnce(List<Pending> crowd) throws InterruptedException {
    Probe probe = null;
    try {
      probe = probe(crowd);
    } catch (JournalException | RuntimeException | Error e) {
      faults.report("a probe failed, so the batches decide", e);
    }
    for (Pending pending : crowd) {
      if (pending.isLate(ticker.nanos())) {
        pending.complete(new Outcome.Unanswered());
      } else if (probe == null || !refuse(pending, probe)) {
        goOn.accept(pending);
      }
    }
  }

  /** Null when everybody's time was over before the database could be asked. */
  private @Nullable Probe probe(List<Pending> crowd) throws JournalException, InterruptedException {
    Set<PoolId> pools = new HashSet<>();
    for (Pending pending : crowd) {
      pools.addAll(pending.request().pools());
    }
    var backOff = new BackOff(settings.retries(), ticker, random);
    while (!allLate(crowd)) {
      try {
        Map<PoolId, Long> marks = watch.marksOf(pools);
        Map<PoolId, Long> after = past.readThrough(marks.keySet());
        long begun = ticker.nanos();
        Probe probe = journal.probe(pools, after, settings.watch().claimantsPerPageMax());
        learn(probe, pools, after);
        if (probe.alone()) {
          keep(probe, marks, begun);
        }
        return probe;
      } catch (JournalException e) {
        if (e.kind() == Kind.REJECTED) {
          throw e;
        }
        faults.report("a probe: " + e.kind(), e);
        backOff.pause();
      }
    }
    return null;
  }

  private boolean allLate(List<Pending> crowd) {
    long now = ticker.nanos();
    return crowd.stream().allMatch(pending -> pending.isLate(now));
  }

  private void learn(Probe probe, Set<PoolId> asked, Map<PoolId, Long> after) {
    past.keepOnly(probe.epoch());
    for (PoolId id : asked) {
      Pool pool = probe.pools().get(id);
      if (pool == null) {
        watch.forget(id);
        continue;
      }
      Probe.Page page = probe.claimants().get(id);
      if (page != null) {
        past.learn(pool, after.getOrDefault(id, 0L), page);
      }
    }
    watch.learn(probe.pools().values(), probe.now());
  }

  /** Lets what is sold out refuse those who come in the next moment. */
  private void keep(Probe probe, Map<PoolId, Long> marks, long begun) {
    marks.forEach((id, mark) -> {
      Pool pool = probe.pools().get(id);
      ClaimantFilter claimants = pool == null ? null : past.allOf(pool);
      if (pool != null && claimants != null && isSoldOut(pool, probe)) {
        watch.keep(new RecentLook(pool, claimants, begun), mark);
      }
    });
  }

  private static boolean isSoldOut(Pool pool, Probe probe) {
    return pool.free() <= 0 && pool.window().refusalAt(probe.now()) == null;
  }

  /** Refuses the take if the rows do and it can have no earlier success; false if it must go on. */
  private boolean refuse(Pending pending, Probe probe) {
    if (!(pending.request() instanceof Request.Take take)) {
      return false;
    }
    Reason first = null;
    int firstLine = 0;
    for (int i = 0; i < take.lines().size(); i++) {
      Line line = take.lines().get(i);
      Pool pool = probe.pools().get(line.pool());
      if (pool == null || !pool.group().equals(take.group())) {
        return false;
      }
      Reason reason = refusal(pool, line, probe);
      if (reason != null && (first == null || reason.compareTo(first) < 0)) {
        first = reason;
        firstLine = i;
      }
    }
    if (first == null || !surelyHasNone(take, take.lines().get(firstLine), probe)) {
      return false;
    }
    pending.complete(new Outcome.Refused(first, firstLine));
    return true;
  }

  private boolean surelyHasNone(Request.Take take, Line line, Probe probe) {
    Pool pool = probe.pools().get(line.pool());
    return pool != null && past.surelyWithout(take.claimant(), pool);
  }

  private static @Nullable Reason refusal(Pool pool, Line line, Probe probe) {
    Reason shut = pool.window().refusalAt(probe.now());
    if (shut != null) {
      return shut;
    }
    if (line.quantity() < 1) {
      return Reason.INVALID_QUANTITY;
    }
    return pool.free() <= 0 ? Reason.SOLD_OUT : null;
  }
}
