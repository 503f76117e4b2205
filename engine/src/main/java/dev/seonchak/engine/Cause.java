package dev.seonchak.engine;

/** Why a holder's claims are given back. */
public enum Cause {
  /** By its owner, while it was held: HELD becomes RELEASED. */
  CANCELLED(HolderState.RELEASED),
  /** Its deadline passed unpaid: HELD becomes EXPIRED, which counts against the claimant. */
  EXPIRED(HolderState.EXPIRED),
  /** By a refund that returns the stock: CONFIRMED becomes RETURNED. */
  RETURNED(HolderState.RETURNED);

  private final HolderState becomes;

  Cause(HolderState becomes) {
    this.becomes = becomes;
  }

  /** The state of the holder's claims once this release is done. */
  public HolderState becomes() {
    return becomes;
  }
}
