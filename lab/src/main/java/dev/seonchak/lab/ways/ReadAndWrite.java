package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an application with objects does: read the row, decide in the application, write the result.
 * Right only when nobody else does the same between the reading and the commit; the ways differ in
 * how they see to that.
 */
final class ReadAndWrite {
  /** Somebody else was faster: nothing of this may be kept, and it may be tried again. */
  static final Answer.Refused CHANGED = new Answer.Refused("changed");

  private final Reading reading;
  private final Writing writing;
  private final Seam seam;

  ReadAndWrite(Reading reading, Writing writing, Seam seam) {
    this.reading = reading;
    this.writing = writing;
    this.seam = seam;
  }

  /** Pools are taken in the order of their ids, so that carts in crossed order do not deadlock. */
  Answer decide(Connection connection, Hold hold) throws SQLException {
    Optional<Answer.Held> before = Rows.remembered(connection, hold);
    if (before.isPresent()) {
      return before.get();
    }
    Long[] sequences = new Long[hold.lines().size()];
    for (Hold.Line line : inOrder(hold)) {
      PoolRow pool = reading.of(connection, line.pool());
      seam.afterRead();
      Optional<Answer.Refused> refused = refusal(connection, hold, line, pool);
      if (refused.isPresent()) {
        return refused.get();
      }
      if (!writing.of(pool, connection, line)) {
        return CHANGED;
      }
      Rows.insertClaim(connection, hold, line, pool.nextSequence());
      sequences[hold.lines().indexOf(line)] = pool.nextSequence();
    }
    Rows.insertOrder(connection, hold, List.of(sequences));
    return new Answer.Held(hold.order(), List.of(sequences));
  }

  static List<Hold.Line> inOrder(Hold hold) {
    List<Hold.Line> lines = new ArrayList<>(hold.lines());
    lines.sort(Comparator.comparing(Hold.Line::pool));
    return lines;
  }

  private static Optional<Answer.Refused> refusal(
      Connection connection, Hold hold, Hold.Line line, PoolRow pool) throws SQLException {
    if (!pool.open()) {
      return Optional.of(new Answer.Refused("closed"));
    }
    if (Rows.units(connection, hold, line) + line.quantity() > pool.limit()) {
      return Optional.of(new Answer.Refused("limit-reached"));
    }
    if (pool.taken() + line.quantity() > pool.capacity()) {
      return Optional.of(new Answer.Refused("sold-out"));
    }
    return Optional.empty();
  }
}
