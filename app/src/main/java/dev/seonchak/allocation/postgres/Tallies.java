package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.Column;
import dev.seonchak.allocation.RoundTrip.Step;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.Share;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the claimants of one batch have of its pools, and which of it is kept as a row.
 *
 * <p>Nobody's first claims in a group are tallied, since most come once and each row and index
 * entry is paid for by every hold. Who comes again gets a row, so that however often one comes, a
 * limit costs one probe. Nobody has a tally of a pool without ever having had a claim there: of who
 * is new in a pool no tally is looked for.
 */
final class Tallies {
  /** So many holders are counted once; the next time there is a row, whatever was decided. */
  private static final int COUNTED_MAX = 16;

  private static final String INSERT =
      """
      insert into tallies (pool_id, claimant_id, units)
      select * from unnest(?::uuid[], ?::uuid[], ?::bigint[])
      """;

  private final Map<Share, Long> units = new HashMap<>();
  private final Set<Share> kept = new HashSet<>();
  private final Set<Share> overdue = new HashSet<>();

  void kept(Share share, long has) {
    units.put(share, has);
    kept.add(share);
  }

  void counted(Share share, long has, long holders) {
    units.put(share, has);
    if (holders > COUNTED_MAX) {
      overdue.add(share);
    }
  }

  /** Of a share that no rule will judge, nothing is written. */
  void forget(Share share) {
    overdue.remove(share);
  }

  /** Units of each share of which anything is known. */
  Map<Share, Long> units() {
    return units;
  }

  /** Whether a row is to be written even if nothing else is. */
  boolean isOverdue() {
    return !overdue.isEmpty();
  }

  /** What brings the rows to where the decision puts their claimants. */
  List<Step> write(Connection connection, Decision decision) throws SQLException {
    Map<Share, Change> changes = new HashMap<>();
    for (Decision.Taken taken : decision.takes()) {
      add(changes, taken.take().claimant(), taken.granted().grants(), 1);
    }
    for (Decision.Resolved resolved : decision.releases()) {
      add(changes, resolved.holding().claimant(), resolved.holding().claims(), -1);
    }
    overdue.forEach(share -> changes.computeIfAbsent(share, any -> new Change()));
    Map<Share, Long> inserted = new HashMap<>();
    Map<Share, Long> added = new HashMap<>();
    Map<Share, Long> addedIfThere = new HashMap<>();
    changes.forEach((share, change) -> {
      if (kept.contains(share)) {
        added.put(share, change.units);
      } else if (units.containsKey(share) || change.takes > 1) {
        inserted.put(share, units.getOrDefault(share, 0L) + change.units);
      } else if (change.takes == 0) {
        // Who only gives something back was not looked up.
        addedIfThere.put(share, change.units);
      }
    });
    List<Step> steps = new ArrayList<>();
    step(connection, INSERT, inserted, true, steps);
    step(connection, RowLocks.TALLIES_ADD, added, true, steps);
    step(connection, RowLocks.TALLIES_ADD, addedIfThere, false, steps);
    return steps;
  }

  /** What a batch does to a share. */
  private static final class Change {
    private long units;
    private int takes;
  }

  private static void add(
      Map<Share, Change> changes, ClaimantId claimant, List<Grant> grants, int sign) {
    for (Grant grant : grants) {
      Change change =
          changes.computeIfAbsent(new Share(grant.pool(), claimant), any -> new Change());
      change.units += (long) sign * grant.quantity();
      change.takes += sign > 0 ? 1 : 0;
    }
  }

  private static void step(
      Connection connection, String sql, Map<Share, Long> rows, boolean all, List<Step> steps)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    List<Share> shares = List.copyOf(rows.keySet());
    steps.add(
        new Step(
            sql,
            List.of(
                UuidArray.of(shares, share -> share.pool().value()),
                UuidArray.of(shares, share -> share.claimant().value()),
                Column.bigints(connection, shares, rows::get)),
            result -> {
              if (all) {
                BatchWrites.expect(shares.size(), result.getUpdateCount(), "tallies");
              }
            }));
  }
}
