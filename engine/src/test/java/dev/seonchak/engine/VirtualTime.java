package dev.seonchak.engine;

import java.util.function.LongConsumer;

/** Time that passes only when somebody pauses, and tells the world when it does. */
final class VirtualTime implements Ticker {
  private final LongConsumer meanwhile;
  private long nanos;

  VirtualTime(LongConsumer meanwhile) {
    this.meanwhile = meanwhile;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  void advance(long by) {
    nanos += by;
  }

  @Override
  public void pause(long by) {
    nanos += by;
    meanwhile.accept(by);
  }
}
