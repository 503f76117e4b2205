package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.Column;
import dev.seonchak.allocation.RoundTrip.Step;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.Decision.Taken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Until when the claims of a batch are held: a row for each deadline, whatever it covers. A batch
 * gives the numbers of a pool in one run, so what it gave is told by the first and the last.
 */
final class DeadlineRows {
  private static final String INSERT =
      """
      insert into deadlines (at, claims, pools, firsts, lasts)
      select ?::timestamptz + micros * interval '1 microsecond', sum(last - first + 1),
             array_agg(pool_id), array_agg(first), array_agg(last)
        from unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[])
          as u (micros, pool_id, first, last)
       group by micros
      """;

  private DeadlineRows() {}

  /**
   * @param held by one decision, so at the same instant
   */
  static Optional<Step> step(Connection connection, List<Taken> held) throws SQLException {
    if (held.isEmpty()) {
      return Optional.empty();
    }
    Instant at = held.getFirst().granted().at();
    List<SequenceRun> runs = SequenceRun.of(held);
    return Optional.of(
        new Step(
            INSERT,
            List.of(
                at.atOffset(ZoneOffset.UTC),
                Column.bigints(
                    connection, runs, run -> at.until(run.deadline(), ChronoUnit.MICROS)),
                UuidArray.of(runs, run -> run.pool().value()),
                Column.bigints(connection, runs, SequenceRun::first),
                Column.bigints(connection, runs, SequenceRun::last)),
            result -> {}));
  }
}
