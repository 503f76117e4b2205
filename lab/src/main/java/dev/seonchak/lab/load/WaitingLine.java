package dev.seonchak.lab.load;

import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.check.NumbersCheck;
import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Everybody joins one store's line, a party each, and is told a number. A place in a line is a
 * claim on a pool that never runs out; what an entry says besides stands in the order's row.
 */
public final class WaitingLine implements Workload {
  private static final String PARTY = "{\"partySize\": 2}";

  private final int turns;
  private final long entries;
  private final UUID store = UUID.randomUUID();
  private UUID line = UUID.randomUUID();

  /**
   * @param turns of each of so many callers
   */
  public WaitingLine(int callers, int turns) {
    this.turns = turns;
    entries = (long) callers * turns;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    line = UUID.randomUUID();
    Tables.empty(connection);
    Tables.insert(
        connection, List.of(new Tables.NewPool(line, store, HotItem.ENOUGH, Integer.MAX_VALUE, 0)));
  }

  @Override
  public Hold next() {
    return Requests.place(store, line, PARTY);
  }

  @Override
  public int turns() {
    return turns;
  }

  /** Numbers are exactly 1 to the number of callers by their turns, told to one each. */
  @Override
  public List<Finding> check(Round round) {
    List<Finding> findings = new ArrayList<>(NumbersCheck.of(round.acknowledged()));
    findings.addAll(Given.exactly(entries, round));
    return findings;
  }
}
