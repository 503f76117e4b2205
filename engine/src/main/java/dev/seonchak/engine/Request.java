package dev.seonchak.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the engine can be asked for: to take stock, or to give it back. */
public sealed interface Request {

  /** The pools whose rows the decision needs locked; never empty, each once, in no order. */
  Collection<PoolId> pools();

  /**
   * Take from one or several pools, all or nothing.
   *
   * @param claimant who takes
   * @param key names this attempt; a repeat under the same key is answered, not done again
   * @param fingerprint tells whether a repeated key came with the same request
   * @param group in which the pools must stand
   * @param lines what is wanted, each pool once, at least one
   * @param hold how long the claims are held until they expire unpaid; positive, at most {@link
   *     #HOLD_MAX}
   * @param holder what will hold the claims, new for each request
   */
  record Take(
      ClaimantId claimant,
      Key key,
      long fingerprint,
      GroupId group,
      List<Line> lines,
      Duration hold,
      Holder holder)
      implements Request {

    /** Longer holds are a mistake of the caller; the bound also keeps deadlines representable. */
    public static final Duration HOLD_MAX = Duration.ofDays(366);

    /**
     * @throws IllegalArgumentException when there is no line, a pool appears twice, or the hold is
     *     out of range
     */
    public Take {
      lines = List.copyOf(lines);
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("a take needs a line");
      }
      if (lines.size() > 1 && !distinct(lines)) {
        throw new IllegalArgumentException("a take names each pool once");
      }
      if (!hold.isPositive() || hold.compareTo(HOLD_MAX) > 0) {
        throw new IllegalArgumentException("a hold lasts up to " + HOLD_MAX + ", not " + hold);
      }
    }

    @Override
    public Collection<PoolId> pools() {
      return lines.size() == 1
          ? List.of(lines.getFirst().pool())
          : lines.stream().map(Line::pool).toList();
    }

    /** The name under which a success of this take is remembered. */
    public OwnKey ownKey() {
      return new OwnKey(claimant, key);
    }

    private static boolean distinct(List<Line> lines) {
      Set<PoolId> seen = HashSet.newHashSet(lines.size());
      for (Line line : lines) {
        if (!seen.add(line.pool())) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Give back everything that a holder holds.
   *
   * @param holder whose claims end
   * @param group in which an unpaid expiry is counted against the claimant
   * @param pools at least all pools in which the holder has claims, so that they are locked first
   * @param cause why; it decides what the claims become
   */
  record Release(HolderId holder, GroupId group, Set<PoolId> pools, Cause cause)
      implements Request {

    /**
     * @throws IllegalArgumentException when there is no pool
     */
    public Release {
      pools = Set.copyOf(pools);
      if (pools.isEmpty()) {
        throw new IllegalArgumentException("a release needs a pool");
      }
    }
  }
}
