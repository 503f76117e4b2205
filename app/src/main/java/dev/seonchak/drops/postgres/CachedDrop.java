package dev.seonchak.drops.postgres;

import dev.seonchak.drops.Drop;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is known of one drop, and since when. Safe for many threads; readers never wait. */
final class CachedDrop {
  /**
   * What a read has found.
   *
   * @param nanos when it began, by the ticker
   * @param isValid false once the drop was changed by this process
   */
  record Known(Optional<Drop> drop, long nanos, boolean isValid) {}

  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Known last;

  /** Held by the one who reads for all that wait. */
  ReentrantLock reading() {
    return reading;
  }

  /** What a read that began since then has found; null when there was none. */
  @Nullable Known known(long sinceNanos) {
    var known = last;
    return known != null && known.isValid && known.nanos - sinceNanos >= 0 ? known : null;
  }

  boolean exists() {
    var known = last;
    return known != null && known.drop.isPresent();
  }

  /** A read that began before the last one, or before the drop was changed, teaches nothing. */
  synchronized void learn(Optional<Drop> drop, long nanos) {
    var known = last;
    if (known == null || nanos - known.nanos >= 0) {
      last = new Known(drop, nanos, true);
    }
  }

  /** What was read before now is no longer valid. */
  synchronized void forget(long nanos) {
    var known = last;
    last = new Known(known == null ? Optional.empty() : known.drop, nanos, false);
  }
}
