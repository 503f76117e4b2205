package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The update itself says what must hold, so nothing is read before. It locks the row all the same,
 * and since it gives the number that the other rows carry it must come first: the others wait for
 * four statements and one commit.
 */
final class Conditional implements Way {
  private final Database database;

  Conditional(Servers servers, int connections) {
    database = Database.ofTransactions(servers, connections);
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    return database.hold(hold, connection -> decide(connection, hold));
  }

  /** Pools are taken in the order of their ids, so that carts in crossed order do not deadlock. */
  static Answer decide(Connection connection, Hold hold) throws SQLException {
    Long[] sequences = new Long[hold.lines().size()];
    for (Hold.Line line : ReadAndWrite.inOrder(hold)) {
      Taken taken = Taken.of(connection, line);
      if (taken == null) {
        return new Answer.Refused("sold-out");
      }
      if (Rows.units(connection, hold, line) + line.quantity() > taken.limit()) {
        return new Answer.Refused("limit-reached");
      }
      Rows.insertClaim(connection, hold, line, taken.sequence());
      sequences[hold.lines().indexOf(line)] = taken.sequence();
    }
    Rows.insertOrder(connection, hold, List.of(sequences));
    return new Answer.Held(hold.order(), List.of(sequences));
  }

  @Override
  public void close() {
    database.close();
  }
}
