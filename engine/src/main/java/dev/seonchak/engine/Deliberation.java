package dev.seonchak.engine;

import dev.seonchak.engine.Decision.LapseCount;
import dev.seonchak.engine.Decision.PoolChange;
import dev.seonchak.engine.Decision.Resolved;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Outcome.Granted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One batch while it is being decided: what was read, and what the requests so far did to it.
 *
 * <p>A refused request leaves no trace, because a take is judged on all its lines before the first
 * of them is touched. Sums cannot overflow: quantities are compared with what is left, and only
 * added once they fit.
 */
final class Deliberation {
  private final Limits limits;
  private final BatchState state;
  private final List<Outcome> outcomes;
  private final List<Taken> takes;
  private final List<Resolved> releases = new ArrayList<>();
  private final Map<PoolId, Stock> stocks = new HashMap<>();
  private final Map<Share, Long> units = new HashMap<>();
  private final Map<Member, Lapses> lapses = new HashMap<>();
  private final Map<Member, Integer> lapsed = new TreeMap<>(Member.ORDER);
  private final Map<OwnKey, Remembered> remembered = new HashMap<>();
  private final Map<HolderId, HolderState> resolved = new HashMap<>();

  Deliberation(Limits limits, BatchState state, int requests) {
    this.limits = limits;
    this.state = state;
    this.outcomes = new ArrayList<>(requests);
    this.takes = new ArrayList<>(requests);
    for (Pool pool : state.pools().values()) {
      stocks.put(pool.id(), new Stock(pool, pool.window().refusalAt(state.now())));
    }
  }

  void add(Outcome outcome) {
    outcomes.add(outcome);
  }

  Outcome decide(Request.Take take) {
    OwnKey key = take.ownKey();
    Remembered earlier = remembered.get(key);
    if (earlier == null) {
      earlier = state.remembered().get(key);
    }
    if (earlier != null) {
      return answerAgain(take, earlier);
    }
    Outcome refusal = refusal(take);
    return refusal != null ? refusal : grant(take, key);
  }

  /**
   * A success under the same holder is this request's own: its commit went through although the
   * acknowledgement got lost, so it gets the answer that it would have got.
   */
  private static Outcome answerAgain(Request.Take take, Remembered earlier) {
    if (earlier.fingerprint() != take.fingerprint()) {
      return new Outcome.KeyReused(take.key());
    }
    Granted granted = earlier.granted();
    return granted.holder().equals(take.holder().id()) ? granted : new Outcome.Repeated(granted);
  }

  /** The first reason of all lines, which is the least of the lines' own first reasons. */
  private Outcome.@Nullable Refused refusal(Request.Take take) {
    List<Line> lines = take.lines();
    Reason first = null;
    int firstLine = 0;
    for (int i = 0; i < lines.size(); i++) {
      Reason reason = refusal(take, lines.get(i));
      if (reason != null && (first == null || reason.compareTo(first) < 0)) {
        first = reason;
        firstLine = i;
      }
    }
    return first == null ? null : new Outcome.Refused(first, firstLine);
  }

  /** Written in the documented order of {@link Reason}. */
  private @Nullable Reason refusal(Request.Take take, Line line) {
    Stock stock = stocks.get(line.pool());
    if (stock == null || !stock.pool.group().equals(take.group())) {
      return Reason.UNKNOWN_POOL;
    }
    if (stock.shut != null) {
      return stock.shut;
    }
    if (line.quantity() < 1) {
      return Reason.INVALID_QUANTITY;
    }
    int limit = stock.pool.limitPerClaimant();
    if (limit != Pool.NO_LIMIT
        && line.quantity() > limit - units(new Share(line.pool(), take.claimant()))) {
      return Reason.LIMIT_REACHED;
    }
    if (lapses(new Member(take.group(), take.claimant())).refuseAt(state.now(), limits)) {
      return Reason.TOO_MANY_UNPAID;
    }
    return line.quantity() > stock.free() ? Reason.SOLD_OUT : null;
  }

  private Granted grant(Request.Take take, OwnKey key) {
    List<Line> lines = take.lines();
    Grant[] grants = new Grant[lines.size()];
    for (int i = 0; i < grants.length; i++) {
      Line line = lines.get(i);
      grants[i] = new Grant(line.pool(), line.quantity(), stock(line.pool()).take(line.quantity()));
      addUnits(new Share(line.pool(), take.claimant()), line.quantity());
    }
    var granted =
        new Granted(
            take.holder().id(), List.of(grants), state.now(), state.now().plus(take.hold()));
    takes.add(new Taken(take, granted));
    remembered.put(key, new Remembered(take.fingerprint(), granted));
    return granted;
  }

  Outcome decide(Request.Release release) {
    Holding holding = state.holdings().get(release.holder());
    if (holding == null) {
      return new Outcome.NotReleased(Obstacle.UNKNOWN_HOLDER);
    }
    HolderState now = resolved.getOrDefault(release.holder(), holding.state());
    Obstacle obstacle = obstacle(release.cause(), now, holding);
    if (obstacle != null) {
      return new Outcome.NotReleased(obstacle);
    }
    for (Grant claim : holding.claims()) {
      if (!release.pools().contains(claim.pool()) || !stocks.containsKey(claim.pool())) {
        return new Outcome.Rejected(
            "holder %s has a claim in pool %s, which the release did not name"
                .formatted(release.holder().value(), claim.pool().value()));
      }
    }
    return giveBack(release, holding);
  }

  private @Nullable Obstacle obstacle(Cause cause, HolderState now, Holding holding) {
    return switch (now) {
      case BUSY -> Obstacle.BUSY;
      case RELEASED -> Obstacle.ALREADY_RELEASED;
      case EXPIRED -> Obstacle.ALREADY_EXPIRED;
      case RETURNED -> Obstacle.ALREADY_RETURNED;
      case CONFIRMED -> cause == Cause.RETURNED ? null : Obstacle.CONFIRMED;
      case HELD ->
          switch (cause) {
            case CANCELLED -> null;
            case EXPIRED -> state.now().isBefore(holding.deadline()) ? Obstacle.NOT_DUE : null;
            case RETURNED -> Obstacle.NOT_CONFIRMED;
          };
    };
  }

  private Outcome giveBack(Request.Release release, Holding holding) {
    for (Grant claim : holding.claims()) {
      stock(claim.pool()).taken -= claim.quantity();
      addUnits(new Share(claim.pool(), holding.claimant()), -claim.quantity());
    }
    if (release.cause() == Cause.EXPIRED) {
      var member = new Member(release.group(), holding.claimant());
      lapses.put(member, new Lapses(lapses(member).count() + 1, state.now()));
      lapsed.merge(member, 1, Integer::sum);
    }
    resolved.put(release.holder(), release.cause().becomes());
    releases.add(new Resolved(release, holding));
    return new Outcome.Released(state.now());
  }

  /** A pool that was judged before, so it is there. */
  private Stock stock(PoolId pool) {
    return Objects.requireNonNull(stocks.get(pool));
  }

  /** What the claimant has of the pool: as read, and what this batch did to it. */
  private long units(Share share) {
    Long changed = units.get(share);
    return changed != null ? changed : state.units().getOrDefault(share, 0L);
  }

  private void addUnits(Share share, int quantity) {
    units.put(share, units(share) + quantity);
  }

  private Lapses lapses(Member member) {
    Lapses changed = lapses.get(member);
    return changed != null ? changed : state.lapses().getOrDefault(member, Lapses.NONE);
  }

  Decision decision() {
    Stock[] ordered = stocks.values().toArray(Stock[]::new);
    Arrays.sort(ordered, Comparator.comparing(stock -> stock.pool.id()));
    List<PoolChange> pools = new ArrayList<>();
    List<Pool> after = new ArrayList<>(ordered.length);
    for (Stock stock : ordered) {
      after.add(stock.after());
      if (stock.changed()) {
        pools.add(stock.change());
      }
    }
    List<LapseCount> counts = new ArrayList<>(lapsed.size());
    lapsed.forEach((member, count) -> counts.add(new LapseCount(member, count)));
    return new Decision(state.now(), outcomes, takes, releases, pools, counts, after);
  }

  /** A pool's counters on their way through the batch. */
  private static final class Stock {
    final Pool pool;
    final @Nullable Reason shut;
    long taken;
    long nextSequence;

    Stock(Pool pool, @Nullable Reason shut) {
      this.pool = pool;
      this.shut = shut;
      this.taken = pool.taken();
      this.nextSequence = pool.nextSequence();
    }

    long free() {
      return pool.capacity() - taken;
    }

    long take(int quantity) {
      taken += quantity;
      return nextSequence++;
    }

    /** A take and a release of the same units still use up a sequence number. */
    boolean changed() {
      return taken != pool.taken() || nextSequence != pool.nextSequence();
    }

    PoolChange change() {
      return new PoolChange(
          pool.id(), taken - pool.taken(), nextSequence - pool.nextSequence(), after());
    }

    Pool after() {
      return changed()
          ? new Pool(
              pool.id(),
              pool.group(),
              pool.capacity(),
              taken,
              nextSequence,
              pool.window(),
              pool.limitPerClaimant())
          : pool;
    }
  }
}
