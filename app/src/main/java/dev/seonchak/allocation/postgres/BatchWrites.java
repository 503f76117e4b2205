package dev.seonchak.allocation.postgres;

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
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.postgresql.PGConnection;

/**
 * Writes one decision, a statement or a COPY for each table, in the platform's order of locks.
 *
 * <p>COPY is the cheapest way for many rows, but each one is parsed anew and goes to the server and
 * back twice. So a few rows travel as arrays together with the counters.
 */
final class BatchWrites {
  private static final String CLAIMS =
      "claims (pool_id, sequence, holder_id, claimant_id, quantity, state)";

  private static final String CLAIMS_FEW =
      """
      insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)
      select pool_id, sequence, holder_id, claimant_id, quantity, state::"char"
        from unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::uuid[], ?::bigint[], ?::text[])
          as u (pool_id, sequence, holder_id, claimant_id, quantity, state)
      """;

  private static final int FEW = 64;

  private final Connection connection;
  private final HolderKinds kinds;

  BatchWrites(Connection connection, HolderKinds kinds) {
    this.connection = connection;
    this.kinds = kinds;
  }

  /**
   * @param owners which module wrote each holder that is released
   */
  void write(Decision decision, Tallies tallies, Map<HolderId, HolderRows<?>> owners)
      throws SQLException {
    insertHolders(decision.takes());
    releaseHolders(decision, owners);
    List<Step> together = new ArrayList<>();
    insertClaims(newClaims(decision.takes()), together);
    resolveClaims(decision.releases());
    pools(decision.pools()).ifPresent(together::add);
    together.addAll(tallies.write(connection, decision));
    lapses(decision.lapses(), decision.at()).ifPresent(together::add);
    RoundTrip.send(connection, together);
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

  private record NewClaim(HolderId holder, ClaimantId claimant, Grant grant, char state) {}

  private List<NewClaim> newClaims(List<Taken> takes) {
    List<NewClaim> claims = new ArrayList<>(takes.size());
    for (Taken taken : takes) {
      char state = kinds.isConfirmedAtOnce(taken) ? ClaimState.CONFIRMED : ClaimState.HELD;
      for (Grant grant : taken.granted().grants()) {
        claims.add(new NewClaim(taken.granted().holder(), taken.take().claimant(), grant, state));
      }
    }
    return claims;
  }

  private void insertClaims(List<NewClaim> claims, List<Step> together) throws SQLException {
    if (claims.isEmpty()) {
      return;
    }
    if (claims.size() <= FEW) {
      together.add(
          new Step(
              CLAIMS_FEW,
              List.of(
                  UuidArray.of(claims, claim -> claim.grant().pool().value()),
                  longs(claims, claim -> claim.grant().sequence()),
                  UuidArray.of(claims, claim -> claim.holder().value()),
                  UuidArray.of(claims, claim -> claim.claimant().value()),
                  longs(claims, claim -> claim.grant().quantity()),
                  texts(claims, claim -> String.valueOf(claim.state()))),
              result -> expect(claims.size(), result.getUpdateCount(), "claims")));
      return;
    }
    var rows = new CopyRows(CLAIMS);
    for (NewClaim claim : claims) {
      rows.row(6)
          .uuid(claim.grant().pool().value())
          .bigint(claim.grant().sequence())
          .uuid(claim.holder().value())
          .uuid(claim.claimant().value())
          .integer(claim.grant().quantity())
          .character(claim.state());
    }
    rows.send(connection);
  }

  private void resolveClaims(List<Resolved> releases) throws SQLException {
    if (releases.isEmpty()) {
      return;
    }
    List<Grant> claims = new ArrayList<>();
    List<Cause> causes = new ArrayList<>();
    for (Resolved resolved : releases) {
      for (Grant grant : resolved.holding().claims()) {
        claims.add(grant);
        causes.add(resolved.request().cause());
      }
    }
    try (var statement = connection.prepareStatement(RowLocks.CLAIMS_RESOLVE)) {
      statement.setObject(1, UuidArray.of(claims, claim -> claim.pool().value()));
      statement.setArray(2, longs(claims, Grant::sequence));
      statement.setArray(3, texts(causes, cause -> String.valueOf(ClaimState.before(cause))));
      statement.setArray(4, texts(causes, cause -> String.valueOf(ClaimState.after(cause))));
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
                UuidArray.of(changes, change -> change.pool().value()),
                longs(changes, PoolChange::takenDelta),
                longs(changes, PoolChange::sequenceDelta)),
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
                longs(lapses, LapseCount::count)),
            result -> {}));
  }

  /** A row that is not as the locks promised is a mistake of ours, and nothing may be written. */
  static void expect(int rows, int written, String table) {
    if (rows != written) {
      throw new IllegalStateException(
          "%d of %d rows of %s were as decided".formatted(written, rows, table));
    }
  }

  private <T> Array texts(List<T> elements, Function<T, String> value) throws SQLException {
    return connection.createArrayOf("text", elements.stream().map(value).toArray());
  }

  private <T> Array longs(List<T> elements, ToLongFunction<T> value) throws SQLException {
    long[] values = elements.stream().mapToLong(value).toArray();
    return connection.unwrap(PGConnection.class).createArrayOf("int8", values);
  }
}
