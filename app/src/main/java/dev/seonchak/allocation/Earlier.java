package dev.seonchak.allocation;

import dev.seonchak.engine.OwnKey;
import dev.seonchak.engine.Remembered;
import dev.seonchak.engine.Share;

/** Hears what the claimants of a batch got before it. */
public interface Earlier {
  /** A success under a key of the batch. */
  void success(OwnKey key, Remembered what);

  /**
   * All units of a pool that a claimant holds or owns. Whoever tells of a share again tells the
   * same; what nobody tells of is zero.
   */
  void units(Share share, long units);
}
