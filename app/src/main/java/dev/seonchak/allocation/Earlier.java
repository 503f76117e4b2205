package dev.seonchak.allocation;

import dev.seonchak.engine.OwnKey;
import dev.seonchak.engine.Remembered;
import dev.seonchak.engine.Share;

/** Hears what the claimants of a batch got before it. */
public interface Earlier {
  /** A success under a key of the batch. */
  void success(OwnKey key, Remembered what);

  /** What a claimant holds or owns of a pool, by the tally that is kept of it. */
  void tallied(Share share, long units);

  /**
   * The same without a tally. Whoever tells of a share again tells the same.
   *
   * @param holders how many were looked at for it; 0 when none of them ever had a claim of this
   *     pool, since a tally is only for who had one
   */
  void counted(Share share, long units, long holders);
}
