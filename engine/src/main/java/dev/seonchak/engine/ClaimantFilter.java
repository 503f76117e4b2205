package dev.seonchak.engine;

import java.util.UUID;

/**
 * A set of claimants that may say "perhaps" of a stranger, but never "no" of a member.
 *
 * <p>A Bloom filter of ten bits and six probes per expected claimant: about one stranger in a
 * hundred is a "perhaps". The two halves of a mixed hash are combined into all probes (Kirsch and
 * Mitzenmacher, Less Hashing, Same Performance, 2006). One thread adds; others may ask, and know
 * those who were added before the filter was handed to them.
 */
public final class ClaimantFilter {
  private static final int BITS_PER_CLAIMANT = 10;
  private static final int PROBES = 6;

  private final long[] words;

  /**
   * @param expected claimants up to which it stays sharp; more of them only blunt it
   */
  public ClaimantFilter(int expected) {
    words = new long[Math.toIntExact((long) expected * BITS_PER_CLAIMANT / Long.SIZE + 1)];
  }

  public void add(ClaimantId claimant) {
    long hash = hash(claimant);
    for (int i = 0; i < PROBES; i++) {
      long bit = bit(hash, i);
      words[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  /** No for certain, or perhaps. */
  public boolean mayContain(ClaimantId claimant) {
    long hash = hash(claimant);
    for (int i = 0; i < PROBES; i++) {
      long bit = bit(hash, i);
      if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  private long bit(long hash, int probe) {
    int combined = (int) hash + probe * (int) (hash >>> 32);
    long bits = (long) words.length * Long.SIZE;
    return Long.remainderUnsigned(Integer.toUnsignedLong(combined), bits);
  }

  /** The finalizer of MurmurHash3, over both halves: ids may share most of their bits. */
  private static long hash(ClaimantId claimant) {
    UUID id = claimant.value();
    return mix(mix(id.getMostSignificantBits()) ^ id.getLeastSignificantBits());
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
