package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.CopyRows;
import dev.seonchak.allocation.HolderRows;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.RoundTrip.Step;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.BatchState;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Decision.LapseCount;
import dev.seonchak.engine.Decision.PoolChange;
import dev.seonchak.engine.Decision.Resolved;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Decision.UnitsChange;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.HolderId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.postgresql.PGConnection;

/** Writes one decision, a statement or a COPY for each table, in the platform's order of locks. */
final class BatchWrites {
  private static final String CLAIMS =
      "claims (pool_id, sequence, holder_id, claimant_id, quantity, state)";
  private static final String TALLIES = "tallies (pool_id, claimant_id, units)";

  private final Connection connection;
  private final HolderKinds kinds;

  BatchWrites(Connection connection, HolderKinds kinds) {
    this.connection = connection;
    this.kinds = kinds;
  }

  /**
   * @param owners which module wrote each holder that is released
   */
  void write(Decision decision, BatchState state, Map<HolderId, HolderRows<?>> owners)
      throws SQLException {
    insertHolders(decision.takes());
    releaseHolders(decision, owners);
    insertClaims(decision.takes());
    resolveClaims(decision.releases());
    List<Step> counters = new ArrayList<>();
    pools(decision.pools()).ifPresent(counters::add);
    tallies(decision.units(), state).ifPresent(counters::add);
    lapses(decision.lapses(), decision.at()).ifPresent(counters::add);
    RoundTrip.send(connection, counters);
  }

  private void insertHolders(List<Taken> takes) throws SQLException {
    Map<HolderRows<?>, List<Taken>> byKind = new HashMap<>();
    for (Taken taken : takes) {
      byKind
          .computeIfAbsent(kinds.of(taken.take().holder()), rows -> new ArrayList<>(takes.size()))
          .add(taken);
    }
    for (var kind : byKind.entrySet()) {
      kind.getKey().insert(connection, kind.getValue());
    }
  }

  private void releaseHolders(Decision decision, Map<HolderId, HolderRows<?>> owners)
      throws SQLException {
    Map<HolderRows<?>, List<Resolved>> byKind = new HashMap<>();
    for (Resolved resolved : decision.releases()) {
      HolderRows<?> rows = owners.get(resolved.request().holder());
      if (rows == null) {
        throw new IllegalStateException("released without a lock: " + resolved.request().holder());
      }
      byKind.computeIfAbsent(rows, any -> new ArrayList<>()).add(resolved);
    }
    for (var kind : byKind.entrySet()) {
      kind.getKey().release(connection, decision, kind.getValue());
    }
  }

  private void insertClaims(List<Taken> takes) throws SQLException {
    if (takes.isEmpty()) {
      return;
    }
    var rows = new CopyRows(CLAIMS);
    for (Taken taken : takes) {
      UUID holder = taken.granted().holder().value();
      UUID claimant = taken.take().claimant().value();
      char state = kinds.isConfirmedAtOnce(taken) ? ClaimState.CONFIRMED : ClaimState.HELD;
      for (Grant grant : taken.granted().grants()) {
        rows.row(6)
            .uuid(grant.pool().value())
            .bigint(grant.sequence())
            .uuid(holder)
            .uuid(claimant)
            .integer(grant.quantity())
            .character(state);
      }
    }
    rows.send(connection);
  }

  private void resolveClaims(List<Resolved> releases) throws SQLException {
    if (releases.isEmpty()) {
      return;
    }
    List<Grant> claims = new ArrayList<>();
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (Resolved resolved : releases) {
      for (Grant grant : resolved.holding().claims()) {
        claims.add(grant);
        before.add(String.valueOf(ClaimState.before(resolved.request().cause())));
        after.add(String.valueOf(ClaimState.after(resolved.request().cause())));
      }
    }
    try (var statement = connection.prepareStatement(RowLocks.CLAIMS_RESOLVE)) {
      statement.setObject(1, uuids(claims, claim -> claim.pool().value()));
      statement.setArray(2, longs(claims, Grant::sequence));
      statement.setArray(3, connection.createArrayOf("text", before.toArray()));
      statement.setArray(4, connection.createArrayOf("text", after.toArray()));
      expect(claims.size(), statement.executeUpdate(), "claims");
    }
  }

  private Optional<Step> pools(List<PoolChange> changes) throws SQLException {
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            RowLocks.POOLS_COUNT,
            List.of(
                uuids(changes, change -> change.pool().value()),
                longs(changes, PoolChange::takenDelta),
                longs(changes, PoolChange::sequenceDelta)),
            result -> expect(changes.size(), result.getUpdateCount(), "pools")));
  }

  /** A share that was not found when it was read has no row yet: its pool is locked since. */
  private Optional<Step> tallies(List<UnitsChange> changes, BatchState state) throws SQLException {
    var rows = new CopyRows(TALLIES);
    boolean any = false;
    List<UnitsChange> known = new ArrayList<>();
    for (UnitsChange change : changes) {
      if (change.delta() < 0 || state.units().containsKey(change.share())) {
        known.add(change);
      } else {
        any = true;
        rows.row(3)
            .uuid(change.share().pool().value())
            .uuid(change.share().claimant().value())
            .integer(Math.toIntExact(change.delta()));
      }
    }
    if (any) {
      rows.send(connection);
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            RowLocks.TALLIES_ADD,
            List.of(
                uuids(known, change -> change.share().pool().value()),
                uuids(known, change -> change.share().claimant().value()),
                longs(known, UnitsChange::delta)),
            result -> expect(known.size(), result.getUpdateCount(), "tallies")));
  }

  private Optional<Step> lapses(List<LapseCount> lapses, Instant at) throws SQLException {
    if (lapses.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            RowLocks.LAPSES_COUNT,
            List.of(
                at.atOffset(ZoneOffset.UTC),
                uuids(lapses, lapse -> lapse.member().group().value()),
                uuids(lapses, lapse -> lapse.member().claimant().value()),
                longs(lapses, LapseCount::count)),
            result -> {}));
  }

  /** A row that is not as the locks promised is a mistake of ours, and nothing may be written. */
  private static void expect(int rows, int written, String table) {
    if (rows != written) {
      throw new IllegalStateException(
          "%d of %d rows of %s were as decided".formatted(written, rows, table));
    }
  }

  private static <T> UuidArray uuids(Collection<T> elements, Function<T, UUID> id) {
    return new UuidArray(elements.stream().map(id).toArray(UUID[]::new));
  }

  private <T> Array longs(List<T> elements, ToLongFunction<T> value) throws SQLException {
    long[] values = elements.stream().mapToLong(value).toArray();
    return connection.unwrap(PGConnection.class).createArrayOf("int8", values);
  }
}
