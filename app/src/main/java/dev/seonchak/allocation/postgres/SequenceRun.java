package dev.seonchak.allocation.postgres;

import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.PoolId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers of a pool that one batch gave until one moment, by the first and the last; what lies
 * between them was given by the same batch.
 */
record SequenceRun(Instant deadline, PoolId pool, long first, long last) {
  private record Place(Instant deadline, PoolId pool) {}

  static List<SequenceRun> of(List<Taken> takes) {
    Map<Place, SequenceRun> runs = new HashMap<>();
    for (Taken taken : takes) {
      Instant deadline = taken.granted().deadline();
      for (Grant grant : taken.granted().grants()) {
        long number = grant.sequence();
        runs.merge(
            new Place(deadline, grant.pool()),
            new SequenceRun(deadline, grant.pool(), number, number),
            SequenceRun::with);
      }
    }
    return List.copyOf(runs.values());
  }

  private SequenceRun with(SequenceRun other) {
    return new SequenceRun(
        deadline, pool, Math.min(first, other.first), Math.max(last, other.last));
  }
}
