package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.CopyRows;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.PoolId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The three columns items, quantities and sequences of an order, which are its claims. */
final class Grants {
  private Grants() {}

  /**
   * @param first the number of the column that has the items
   */
  static List<Grant> at(ResultSet row, int first) throws SQLException {
    UUID[] items = (UUID[]) row.getArray(first).getArray();
    Integer[] quantities = (Integer[]) row.getArray(first + 1).getArray();
    Long[] sequences = (Long[]) row.getArray(first + 2).getArray();
    List<Grant> grants = new ArrayList<>(items.length);
    for (int i = 0; i < items.length; i++) {
      grants.add(new Grant(new PoolId(items[i]), quantities[i], sequences[i]));
    }
    return grants;
  }

  /** Written for every hold, so without streams. */
  static void write(CopyRows rows, List<Grant> grants) {
    int count = grants.size();
    UUID[] items = new UUID[count];
    int[] quantities = new int[count];
    for (int i = 0; i < count; i++) {
      items[i] = grants.get(i).pool().value();
      quantities[i] = grants.get(i).quantity();
    }
    rows.uuids(items).integers(quantities).bigints(sequences(grants));
  }

  static long[] sequences(List<Grant> grants) {
    long[] sequences = new long[grants.size()];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = grants.get(i).sequence();
    }
    return sequences;
  }
}
