package dev.seonchak.engine;

/** Why a holder's claims are given back. */
public enum Cause {
  /** By its owner, while it was held: HELD becomes RELEASED. */
  CANCELLED(HolderState.RELEASED, Obstacle.ALREADY_RELEASED),
  /** Its deadline passed unpaid: HELD becomes EXPIRED, which counts against the claimant. */
  EXPIRED(HolderState.EXPIRED, Obstacle.ALREADY_EXPIRED),
  /** By a refund that returns the stock: CONFIRMED becomes RETURNED. */
  RETURNED(HolderState.RETURNED, Obstacle.ALREADY_RETURNED);

  private final HolderState becomes;
  private final Obstacle already;

  Cause(HolderState becomes, Obstacle already) {
    this.becomes = becomes;
    this.already = already;
  }

  /** The state of the holder's claims once this release is done. */
  public HolderState becomes() {
    return becomes;
  }

  /** What is answered when a release with this cause was done before. */
  Obstacle already() {
    return already;
  }
}
