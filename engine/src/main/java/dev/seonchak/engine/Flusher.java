package dev.seonchak.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes durable what was committed ahead of the disk, and then lets it be told.
 *
 * <p>A writer that waits for the disk after each batch leaves the database idle, and a database
 * that writes leaves the disk idle. So the writer goes on as soon as a large batch is committed,
 * and this is where the batch waits: one flush serves all that were committed before it.
 *
 * <p>What is lost here is lost together with whatever was written after it, since there is one log.
 * A flush that fails says no more than a commit without an answer, and is met in the same way: what
 * it was for is decided again, and the keys tell what is there.
 */
final class Flusher {
  private final Journal journal;
  private final Batcher again;
  private final int batchMax;
  private final Telling telling;
  private final FaultLog faults;

  /**
   * @param again decides once more what may be lost, and is durable when it returns
   * @param batchMax how many at once
   */
  Flusher(Journal journal, Batcher again, int batchMax, Telling telling, FaultLog faults) {
    this.journal = journal;
    this.again = again;
    this.batchMax = batchMax;
    this.telling = telling;
    this.faults = faults;
  }

  /** Returns once what was committed is durable, decided again or given up. */
  void flush(List<Pending> committed) throws InterruptedException {
    Map<Long, List<Pending>> byEpoch = new LinkedHashMap<>();
    for (Pending pending : committed) {
      byEpoch.computeIfAbsent(pending.epoch(), any -> new ArrayList<>()).add(pending);
    }
    for (var epoch : byEpoch.entrySet()) {
      flush(epoch.getKey(), epoch.getValue());
    }
  }

  private void flush(long epoch, List<Pending> committed) throws InterruptedException {
    try {
      journal.flush(epoch);
    } catch (JournalException | RuntimeException | Error e) {
      faults.report("a flush for " + committed.size() + " requests failed", e);
      for (int i = 0; i < committed.size(); i += batchMax) {
        again.runAgain(committed.subList(i, Math.min(committed.size(), i + batchMax)));
      }
      return;
    }
    telling.now(committed);
  }
}
