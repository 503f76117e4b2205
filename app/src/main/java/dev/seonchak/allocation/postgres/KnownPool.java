package dev.seonchak.allocation.postgres;

import dev.seonchak.engine.ClaimantFilter;
import dev.seonchak.engine.ClaimantId;
import java.util.ArrayList;
import java.util.List;

/**
 * Who ever had a claim in a pool, from the first number on through the last one known. It grows by
 * further filters, each of them larger, since nobody can be told what is in one. Used under the
 * lock of {@link KnownClaimants}.
 */
final class KnownPool {
  /** More claims than a few batches read on. */
  static final int FAR = 10_000;

  private static final int ROOM_FIRST = 256;

  /** Whoever is new is looked for in every filter, so a few large ones are better than many. */
  private static final int GROWTH = 16;

  private static final int MORE_MAX = 1_000_000;

  private final int roomFirst;
  private final List<ClaimantFilter> filters = new ArrayList<>();
  private int room;
  private int members;
  private long through;
  private long last;
  private boolean shared;
  private boolean unreadable;

  /**
   * @param last the number of the pool's last claim, for which there is room from the beginning
   */
  KnownPool(long last) {
    this.last = last;
    roomFirst = Math.toIntExact(Math.max(ROOM_FIRST, last));
  }

  /** The number through which everybody is known. */
  long through() {
    return through;
  }

  /** How many claims are not known yet, by what was last seen of the pool. */
  long missing() {
    return last - through;
  }

  /** Whether claims are to be read with the next batch. */
  boolean isReadOn() {
    return missing() <= FAR && (shared || missing() > 0);
  }

  /** Whether so many claims are not known that they are to be read beside the batches. */
  boolean isFarBehind() {
    return missing() > FAR && !unreadable;
  }

  /** The claims after the last one known were looked for and are not there. */
  void unreadable() {
    unreadable = true;
  }

  /** For how many claimants there is room so far. */
  int room() {
    return room;
  }

  boolean mayContain(ClaimantId claimant) {
    for (ClaimantFilter filter : filters) {
      if (filter.mayContain(claimant)) {
        return true;
      }
    }
    return false;
  }

  /** What the locked row says; of claims that are not known yet somebody else gave some. */
  void seen(long lastNumber) {
    last = lastNumber;
    shared |= missing() > 0;
  }

  /** Nobody else has given any claims lately. */
  void alone() {
    shared = false;
  }

  /** The claim of a number; one beyond the next is known only to be there. */
  void claimed(long number, ClaimantId claimant) {
    last = Math.max(last, number);
    if (number == through + 1) {
      through = number;
      add(claimant);
    }
  }

  /** From now on the claimant is perhaps a member. */
  void add(ClaimantId claimant) {
    if (members == room) {
      int more = room == 0 ? roomFirst : Math.min(room * (GROWTH - 1), MORE_MAX);
      filters.add(new ClaimantFilter(more));
      room += more;
    }
    filters.getLast().add(claimant);
    members++;
  }
}
