package dev.seonchak.allocation;

import dev.seonchak.engine.BatchState;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Journal;
import dev.seonchak.engine.JournalException;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Probe;
import dev.seonchak.engine.Request;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Measures what the engine asks of its journal. Thread-safe. */
final class MeteredJournal implements Journal {
  private final Journal journal;
  private final Timer batches;
  private final DistributionSummary sizes;
  private final Timer flushes;
  private final Timer probes;
  private final MeterRegistry meters;

  MeteredJournal(Journal journal, MeterRegistry meters) {
    this.journal = journal;
    this.meters = meters;
    batches =
        Timer.builder("seonchak.allocation.batch")
            .description(
                "Batches that were committed, from locking to commit; large ones without the disk")
            .register(meters);
    sizes =
        DistributionSummary.builder("seonchak.allocation.batch.size")
            .description("Requests in one batch")
            .baseUnit("requests")
            .register(meters);
    flushes =
        Timer.builder("seonchak.allocation.flush")
            .description("Waits for the disk after batches that were committed ahead of it")
            .register(meters);
    probes =
        Timer.builder("seonchak.allocation.probe")
            .description("Looks at pools that are probably sold out")
            .register(meters);
  }

  @Override
  public Committed transact(
      List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
      throws JournalException, InterruptedException {
    Timer.Sample sample = Timer.start();
    try {
      Committed committed = journal.transact(batch, decide, commit);
      sizes.record(batch.size());
      sample.stop(batches);
      return committed;
    } catch (JournalException e) {
      failed(e);
      throw e;
    }
  }

  private void failed(JournalException e) {
    meters.counter("seonchak.allocation.failures", "kind", e.kind().name()).increment();
  }

  @Override
  public void flush(long epoch) throws JournalException, InterruptedException {
    Timer.Sample sample = Timer.start();
    try {
      journal.flush(epoch);
      sample.stop(flushes);
    } catch (JournalException e) {
      failed(e);
      throw e;
    }
  }

  @Override
  public Probe probe(Set<PoolId> pools, Map<PoolId, Long> claimantsAfter, int claimantsMax)
      throws JournalException, InterruptedException {
    Timer.Sample sample = Timer.start();
    Probe probe = journal.probe(pools, claimantsAfter, claimantsMax);
    sample.stop(probes);
    return probe;
  }
}
