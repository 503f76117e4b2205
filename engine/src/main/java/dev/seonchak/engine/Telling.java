package dev.seonchak.engine;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Brings what was committed to those who wait for it, and never before it is durable. */
final class Telling {
  private final Executor threads;
  private final FaultLog faults;
  private final int aheadMin;
  private final @Nullable Worker flusher;

  /**
   * Everything is durable once it is committed.
   *
   * @param threads tell the callers, so that the writer can go on meanwhile
   */
  Telling(Executor threads, FaultLog faults) {
    this.threads = threads;
    this.faults = faults;
    this.aheadMin = Integer.MAX_VALUE;
    this.flusher = null;
  }

  /**
   * @param threads as in {@link #Telling(Executor, FaultLog)}
   * @param aheadMin requests from which on a batch may be flushed while the next one is written
   * @param flusher that does it
   */
  Telling(Executor threads, FaultLog faults, int aheadMin, Worker flusher) {
    this.threads = threads;
    this.faults = faults;
    this.aheadMin = aheadMin;
    this.flusher = flusher;
  }

  /** Whether a batch should be committed ahead of the disk. */
  boolean isLater(List<Pending> batch) {
    return flusher != null && batch.size() >= aheadMin;
  }

  /** Leaves a batch to the flusher; false when it has enough to do. */
  boolean later(List<Pending> batch) {
    return flusher != null && flusher.offerAll(batch);
  }

  /** Tells those for whom what was decided is durable. */
  void now(List<Pending> batch) {
    Pending.durable(batch);
    try {
      threads.execute(() -> Pending.tell(batch));
    } catch (RuntimeException | Error e) {
      // What is decided is durable, so they are told, if need be by this thread.
      Pending.tell(batch);
      faults.report("no other thread could tell " + batch.size() + " requests", e);
    }
  }
}
