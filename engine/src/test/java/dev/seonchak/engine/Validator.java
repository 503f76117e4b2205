package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Checks a whole store: whatever the counters say is compared with a recount of the rows.
 *
 * <p>It shares no code with the decider.
 */
final class Validator {
  private final MemoryStore store;

  private Validator(MemoryStore store) {
    this.store = store;
  }

  static Validator of(MemoryStore store) {
    return new Validator(store);
  }

  void validate() {
    for (Pool pool : store.pools.values()) {
      List<MemoryStore.Claim> claims = store.claims.get(pool.id());
      countsWhatIsTaken(pool, claims);
      numbersWithoutGaps(pool, claims);
      keepsLimits(pool, claims);
    }
    rememberEachKeyOnce();
    holdersHaveTheirClaims();
    countsLapses();
  }

  private void countsWhatIsTaken(Pool pool, List<MemoryStore.Claim> claims) {
    long taken =
        claims.stream().filter(this::isActive).mapToLong(MemoryStore.Claim::quantity).sum();
    assertThat(pool.taken()).as("taken of %s", pool).isEqualTo(taken);
    assertThat(taken).as("taken of %s", pool).isBetween(0L, pool.capacity());
  }

  private static void numbersWithoutGaps(Pool pool, List<MemoryStore.Claim> claims) {
    assertThat(claims.stream().mapToLong(MemoryStore.Claim::sequence).sorted().toArray())
        .as("sequence numbers of %s", pool)
        .isEqualTo(LongStream.rangeClosed(1, claims.size()).toArray());
    assertThat(pool.nextSequence()).as("next of %s", pool).isEqualTo(claims.size() + 1L);
  }

  private void keepsLimits(Pool pool, List<MemoryStore.Claim> claims) {
    Map<ClaimantId, Long> units = new HashMap<>();
    for (MemoryStore.Claim claim : claims) {
      units.merge(claim.claimant(), isActive(claim) ? (long) claim.quantity() : 0L, Long::sum);
    }
    units.forEach((claimant, has) -> {
      assertThat(store.units.getOrDefault(new Share(pool.id(), claimant), 0L))
          .as("units of %s in %s", claimant, pool)
          .isEqualTo(has);
      if (pool.limitPerClaimant() != Pool.NO_LIMIT) {
        assertThat(has)
            .as("units of %s in %s", claimant, pool)
            .isLessThanOrEqualTo(pool.limitPerClaimant());
      }
    });
  }

  private void rememberEachKeyOnce() {
    Map<OwnKey, HolderId> seen = new HashMap<>();
    store.holders.forEach((id, row) -> {
      assertThat(seen.put(row.key(), id)).as("another holder under %s", row.key()).isNull();
      assertThat(store.remembered.get(row.key()).granted().holder()).isEqualTo(id);
    });
    assertThat(store.remembered).hasSameSizeAs(store.holders);
  }

  private void holdersHaveTheirClaims() {
    Map<HolderId, Integer> claims = new HashMap<>();
    for (List<MemoryStore.Claim> rows : store.claims.values()) {
      for (MemoryStore.Claim claim : rows) {
        claims.merge(claim.holder(), 1, Integer::sum);
      }
    }
    store.holders.forEach((id, row) ->
        assertThat(claims.get(id)).as("claims of %s", id).isEqualTo(row.holding().claims().size()));
  }

  private void countsLapses() {
    Map<Member, Long> expired = new HashMap<>();
    for (MemoryStore.HolderRow row : store.holders.values()) {
      if (row.holding().state() == HolderState.EXPIRED) {
        expired.merge(new Member(row.group(), row.claimant()), 1L, Long::sum);
      }
    }
    Map<Member, Long> counted = new HashMap<>();
    store.lapses.forEach((member, lapses) -> counted.put(member, lapses.count()));
    assertThat(counted).as("lapses").isEqualTo(expired);
  }

  private boolean isActive(MemoryStore.Claim claim) {
    return MemoryStore.ACTIVE.contains(store.holders.get(claim.holder()).holding().state());
  }
}
