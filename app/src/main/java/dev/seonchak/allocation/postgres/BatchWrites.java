package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.Column;
import dev.seonchak.allocation.CopyRows;
import dev.seonchak.allocation.HolderRows;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.RoundTrip.Step;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Decision.LapseCount;
import dev.seonchak.engine.Decision.PoolChange;
import dev.seonchak.engine.Decision.Resolved;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Journal.Commit;
import dev.seonchak.engine.PoolId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one decision, a statement for each table, in the platform's order of locks.
 *
 * <p>Rows travel as one array for each column, and all statements together, except for many claims
 * and what a module sends by itself.
 */
final class BatchWrites {
  private static final String AHEAD = "set local synchronous_commit = off";

  private static final String COLUMNS =
      "claims (pool_id, sequence, holder_id, claimant_id, quantity, state)";

  private static final String CLAIMS =
      """
      insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)
      select pool_id, sequence, holder_id, claimant_id, quantity, state::"char"
        from unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::uuid[], ?::int[], ?::text[])
          as u (pool_id, sequence, holder_id, claimant_id, quantity, state)
      """;

  private final Connection connection;
  private final HolderKinds kinds;

  BatchWrites(Connection connection, HolderKinds kinds) {
    this.connection = connection;
    this.kinds = kinds;
  }

  /**
   * @param owners which module wrote each holder that is released
   */
  void write(Decision decision, Tallies tallies, Map<HolderId, HolderRows<?>> owners, Commit commit)
      throws SQLException {
    releaseHolders(decision, owners);
    List<Step> together = new ArrayList<>(holders(decision.takes()));
    List<NewClaim> claims = newClaims(decision.takes());
    if (CopyRows.isWorth(claims.size())) {
      try (var rows = new CopyRows(connection, COLUMNS)) {
        copy(rows, claims);
        rows.flush();
        // Made while the server writes claims.
        others(decision, tallies, together);
        expect(claims.size(), (int) rows.end(), "claims");
      }
    } else {
      claims(claims).ifPresent(together::add);
      others(decision, tallies, together);
    }
    if (commit == Commit.AHEAD) {
      together.add(new Step(AHEAD, List.of(), result -> {}));
    }
    RoundTrip.send(connection, together);
  }

  private void others(Decision decision, Tallies tallies, List<Step> together) throws SQLException {
    DeadlineRows.step(connection, held(decision.takes())).ifPresent(together::add);
    resolved(decision.releases()).ifPresent(together::add);
    pools(decision.pools()).ifPresent(together::add);
    together.addAll(tallies.write(connection, decision));
    lapses(decision.lapses(), decision.at()).ifPresent(together::add);
  }

  private List<Step> holders(List<Taken> takes) throws SQLException {
    Map<HolderRows<?>, List<Taken>> byKind = new HashMap<>();
    for (Taken taken : takes) {
      byKind
          .computeIfAbsent(kinds.of(taken.take().holder()), rows -> new ArrayList<>(takes.size()))
          .add(taken);
    }
    List<Step> steps = new ArrayList<>();
    for (var kind : byKind.entrySet()) {
      steps.addAll(kind.getKey().insert(connection, kind.getValue()));
    }
    return steps;
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

  private record NewClaim(HolderId holder, ClaimantId claimant, Grant grant, char state) {
    static final Comparator<NewClaim> IN_ORDER =
        Comparator.<NewClaim, PoolId>comparing(claim -> claim.grant().pool())
            .thenComparingLong(claim -> claim.grant().sequence());
  }

  /** Those that stand side by side in the index are written one after the other. */
  private List<NewClaim> newClaims(List<Taken> takes) {
    List<NewClaim> claims = new ArrayList<>(takes.size());
    for (Taken taken : takes) {
      char state = kinds.isConfirmedAtOnce(taken) ? ClaimState.CONFIRMED : ClaimState.HELD;
      for (Grant grant : taken.granted().grants()) {
        claims.add(new NewClaim(taken.granted().holder(), taken.take().claimant(), grant, state));
      }
    }
    claims.sort(NewClaim.IN_ORDER);
    return claims;
  }

  private List<Taken> held(List<Taken> takes) {
    return takes.stream().filter(taken -> !kinds.isConfirmedAtOnce(taken)).toList();
  }

  private static void copy(CopyRows rows, List<NewClaim> claims) throws SQLException {
    for (NewClaim claim : claims) {
      rows.row(6)
          .uuid(claim.grant().pool().value())
          .bigint(claim.grant().sequence())
          .uuid(claim.holder().value())
          .uuid(claim.claimant().value())
          .integer(claim.grant().quantity())
          .character(claim.state());
    }
  }

  private Optional<Step> claims(List<NewClaim> claims) throws SQLException {
    if (claims.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            CLAIMS,
            List.of(
                UuidArray.of(claims, claim -> claim.grant().pool().value()),
                Column.bigints(connection, claims, claim -> claim.grant().sequence()),
                UuidArray.of(claims, claim -> claim.holder().value()),
                UuidArray.of(claims, claim -> claim.claimant().value()),
                Column.integers(connection, claims, claim -> claim.grant().quantity()),
                Column.texts(connection, claims, claim -> String.valueOf(claim.state()))),
            result -> expect(claims.size(), result.getUpdateCount(), "claims")));
  }

  private Optional<Step> resolved(List<Resolved> releases) throws SQLException {
    if (releases.isEmpty()) {
      return Optional.empty();
    }
    List<Grant> claims = new ArrayList<>();
    List<Cause> causes = new ArrayList<>();
    for (Resolved resolved : releases) {
      for (Grant grant : resolved.holding().claims()) {
        claims.add(grant);
        causes.add(resolved.request().cause());
      }
    }
    return Optional.of(
        new Step(
            RowLocks.CLAIMS_RESOLVE,
            List.of(
                UuidArray.of(claims, claim -> claim.pool().value()),
                Column.bigints(connection, claims, Grant::sequence),
                Column.texts(connection, causes, cause -> String.valueOf(ClaimState.before(cause))),
                Column.texts(connection, causes, cause -> String.valueOf(ClaimState.after(cause)))),
            result -> expect(claims.size(), result.getUpdateCount(), "claims")));
  }

  private Optional<Step> pools(List<PoolChange> changes) throws SQLException {
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            RowLocks.POOLS_COUNT,
            List.of(
                UuidArray.of(changes, change -> change.pool().value()),
                Column.bigints(connection, changes, PoolChange::takenDelta),
                Column.bigints(connection, changes, PoolChange::sequenceDelta)),
            result -> expect(changes.size(), result.getUpdateCount(), "pools")));
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
                UuidArray.of(lapses, lapse -> lapse.member().group().value()),
                UuidArray.of(lapses, lapse -> lapse.member().claimant().value()),
                Column.bigints(connection, lapses, LapseCount::count)),
            result -> {}));
  }

  /** A row that is not as the locks promised is a mistake of ours, and nothing may be written. */
  static void expect(int rows, int written, String table) {
    if (rows != written) {
      throw new IllegalStateException(
          "%d of %d rows of %s were as decided".formatted(written, rows, table));
    }
  }
}
