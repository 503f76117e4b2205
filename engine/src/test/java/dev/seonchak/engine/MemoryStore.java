package dev.seonchak.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database, without one: it reads the state of a batch and writes a decision.
 *
 * <p>It writes only what the decision says, by addition, so that a wrong decision leaves wrong rows
 * for {@link Validator} to find. With constraints it rejects what a unique index or a check would.
 */
final class MemoryStore {
  /** States in which claims count. */
  static final Set<HolderState> ACTIVE =
      Set.of(HolderState.HELD, HolderState.BUSY, HolderState.CONFIRMED);

  /** A row of claims. */
  record Claim(PoolId pool, long sequence, HolderId holder, ClaimantId claimant, int quantity) {}

  /** A row of orders, or whatever holds claims. */
  record HolderRow(ClaimantId claimant, GroupId group, Holding holding, OwnKey key) {}

  final Map<PoolId, Pool> pools = new TreeMap<>();
  final Map<PoolId, List<Claim>> claims = new HashMap<>();
  final Map<HolderId, HolderRow> holders = new LinkedHashMap<>();
  final Map<OwnKey, Remembered> remembered = new HashMap<>();

  /** What {@link #claims} and {@link #holders} come to. */
  final Map<Share, Long> units = new HashMap<>();

  final Map<Member, Lapses> lapses = new HashMap<>();
  final boolean constraints;
  Instant now = Instant.EPOCH;

  /** How it stood when the disk was written last, if it is not what is there now. */
  private @Nullable MemoryStore onDisk;

  /** How often something may have been lost. */
  long epoch;

  /** Whether one node only may write. */
  boolean alone;

  MemoryStore(boolean constraints) {
    this.constraints = constraints;
  }

  void add(Pool pool) {
    pools.put(pool.id(), pool);
    claims.put(pool.id(), new ArrayList<>());
  }

  /** What the journal would read for these requests, and nothing else. */
  BatchState read(List<Request> batch) {
    var state =
        new BatchState(
            now,
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>());
    for (Request request : batch) {
      request.pools().forEach(id -> copy(pools, state.pools(), id));
      switch (request) {
        case Request.Take take -> {
          take.pools().forEach(id -> copy(units, state.units(), new Share(id, take.claimant())));
          copy(lapses, state.lapses(), new Member(take.group(), take.claimant()));
          copy(remembered, state.remembered(), take.ownKey());
        }
        case Request.Release release -> {
          HolderRow row = holders.get(release.holder());
          if (row != null) {
            state.holdings().put(release.holder(), row.holding());
          }
        }
      }
    }
    return state;
  }

  private static <K, V> void copy(Map<K, V> from, Map<K, V> to, K key) {
    V value = from.get(key);
    if (value != null) {
      to.put(key, value);
    }
  }

  /** What is there now cannot be lost. */
  void flush() {
    onDisk = null;
  }

  /** Whether this cannot be lost any more. */
  boolean isOnDisk(HolderId holder) {
    return onDisk == null || onDisk.holders.containsKey(holder);
  }

  /** Loses what was written since the last flush. */
  void crash() {
    epoch++;
    MemoryStore old = onDisk;
    if (old != null) {
      pools.clear();
      claims.clear();
      holders.clear();
      remembered.clear();
      units.clear();
      lapses.clear();
      copyFrom(old);
      onDisk = null;
    }
  }

  private void copyFrom(MemoryStore other) {
    pools.putAll(other.pools);
    other.claims.forEach((pool, rows) -> claims.put(pool, new ArrayList<>(rows)));
    holders.putAll(other.holders);
    remembered.putAll(other.remembered);
    units.putAll(other.units);
    lapses.putAll(other.lapses);
  }

  /** Writes all of a decision or, where a constraint is broken, nothing. */
  void write(Decision decision) throws JournalException {
    if (constraints) {
      check(decision);
    }
    if (onDisk == null) {
      onDisk = new MemoryStore(constraints);
      onDisk.copyFrom(this);
    }
    for (Decision.Taken taken : decision.takes()) {
      insert(taken.take(), taken.granted());
    }
    for (Decision.Resolved resolved : decision.releases()) {
      setState(resolved.request().holder(), resolved.request().cause().becomes());
    }
    for (Decision.PoolChange change : decision.pools()) {
      pools.computeIfPresent(
          change.pool(),
          (_, pool) ->
              counters(
                  pool,
                  pool.taken() + change.takenDelta(),
                  pool.nextSequence() + change.sequenceDelta()));
    }
    for (Decision.LapseCount count : decision.lapses()) {
      lapses.merge(
          count.member(),
          new Lapses(count.count(), decision.at()),
          (a, b) -> new Lapses(a.count() + b.count(), b.last()));
    }
  }

  private void insert(Request.Take take, Outcome.Granted granted) {
    for (Grant grant : granted.grants()) {
      claims
          .get(grant.pool())
          .add(
              new Claim(
                  grant.pool(),
                  grant.sequence(),
                  granted.holder(),
                  take.claimant(),
                  grant.quantity()));
    }
    var holding =
        new Holding(take.claimant(), HolderState.HELD, granted.deadline(), granted.grants());
    holders.put(
        granted.holder(), new HolderRow(take.claimant(), take.group(), holding, take.ownKey()));
    remembered.put(take.ownKey(), new Remembered(take.fingerprint(), granted));
    addUnits(holding, 1);
  }

  private void addUnits(Holding holding, int sign) {
    for (Grant claim : holding.claims()) {
      units.merge(
          new Share(claim.pool(), holding.claimant()), (long) sign * claim.quantity(), Long::sum);
    }
  }

  /** What paying does to an order, or a release. */
  void setState(HolderId id, HolderState state) {
    HolderRow row = holders.get(id);
    if (row == null) {
      return;
    }
    Holding before = row.holding();
    if (ACTIVE.contains(before.state()) && !ACTIVE.contains(state)) {
      addUnits(before, -1);
    }
    var after = new Holding(before.claimant(), state, before.deadline(), before.claims());
    holders.put(id, new HolderRow(row.claimant(), row.group(), after, row.key()));
  }

  static Pool counters(Pool pool, long taken, long nextSequence) {
    return new Pool(
        pool.id(),
        pool.group(),
        pool.capacity(),
        taken,
        nextSequence,
        pool.window(),
        pool.limitPerClaimant());
  }

  private void check(Decision decision) throws JournalException {
    for (Decision.Taken taken : decision.takes()) {
      if (remembered.containsKey(taken.take().ownKey())) {
        throw new JournalException(JournalException.Kind.REJECTED, "key is not unique", null);
      }
      if (holders.containsKey(taken.granted().holder())) {
        throw new JournalException(JournalException.Kind.REJECTED, "holder is not unique", null);
      }
    }
    for (Decision.PoolChange change : decision.pools()) {
      Pool pool = pools.get(change.pool());
      long taken = pool.taken() + change.takenDelta();
      if (taken < 0 || taken > pool.capacity()) {
        throw new JournalException(JournalException.Kind.REJECTED, "taken out of range", null);
      }
    }
  }

  /** What a probe reads. */
  Probe probe(Iterable<PoolId> wanted, Map<PoolId, Long> after, int claimantsMax) {
    var probe = new Probe(epoch, alone, now, new HashMap<>(), new HashMap<>());
    wanted.forEach(id -> copy(pools, probe.pools(), id));
    after.forEach((id, from) -> {
      List<Claim> rows = claims.getOrDefault(id, List.of());
      int to = (int) Math.min(rows.size(), from + claimantsMax);
      List<ClaimantId> page =
          from >= to
              ? List.of()
              : rows.subList(from.intValue(), to).stream().map(Claim::claimant).toList();
      probe.claimants().put(id, new Probe.Page(page, Math.max(from, to)));
    });
    return probe;
  }
}
