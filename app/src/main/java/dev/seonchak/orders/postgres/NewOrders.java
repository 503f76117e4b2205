package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Column;
import dev.seonchak.allocation.CopyRows;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.Outcome.Granted;
import dev.seonchak.orders.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes the orders of a batch: few of them by a statement that travels with others, many by COPY.
 */
final class NewOrders {
  private static final String COLUMNS =
      "orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount, items,"
          + " quantities, sequences, created_at, expires_at, held_until, answers)";

  /** The claims of all orders come one after the other, and each order has a piece of them. */
  private static final String INSERT =
      """
      insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount, answers,
             items, quantities, sequences, created_at, expires_at, held_until)
      select o.id, o.drop_id, o.buyer_id, o.buyer_key, o.fingerprint, o.state, o.amount, o.answers,
             c.items[o.first:o.last], c.quantities[o.first:o.last], c.sequences[o.first:o.last],
             b.at, b.at + o.hold, b.at + o.hold
        from (select ?::timestamptz as at) b
       cross join (select ?::uuid[] as items, ?::int[] as quantities, ?::bigint[] as sequences) c
       cross join (
               select u.*, micros * interval '1 microsecond' as hold
                 from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::text[],
                             ?::bigint[], ?::text[], ?::int[], ?::int[], ?::bigint[])
                   as u (id, drop_id, buyer_id, buyer_key, fingerprint, state,
                         amount, answers, first, last, micros)) o
      """;

  private NewOrders() {}

  /**
   * @param first of the batch's claims that is this order's, counted from 1
   * @param last of those that are this order's
   */
  private record Row(Taken taken, NewOrder order, int first, int last) {}

  /**
   * Writes them at once, or tells how.
   *
   * @param granted by one decision, so at the same instant; not empty
   */
  static List<RoundTrip.Step> write(Connection connection, List<Taken> granted)
      throws SQLException {
    if (CopyRows.isWorth(granted.size())) {
      copy(connection, byKey(granted));
      return List.of();
    }
    return List.of(step(connection, byKey(granted)));
  }

  private static void copy(Connection connection, List<Taken> granted) throws SQLException {
    try (var rows = new CopyRows(connection, COLUMNS)) {
      for (Taken taken : granted) {
        copy(rows, taken);
      }
      expect(granted.size(), rows.end());
    }
  }

  private static void copy(CopyRows rows, Taken taken) throws SQLException {
    NewOrder order = OrderRows.order(taken.take());
    Granted hold = taken.granted();
    rows.row(14)
        .uuid(order.id().value())
        .uuid(order.drop().value())
        .uuid(taken.take().claimant().value())
        .uuid(order.key().value())
        .bigint(taken.take().fingerprint())
        .text(state(order))
        .bigint(order.amount().amount());
    Grants.write(rows, hold.grants());
    rows.timestamp(hold.at())
        .timestamp(hold.deadline())
        .timestamp(hold.deadline())
        .text(order.answers());
  }

  private static void expect(int orders, long written) {
    if (written != orders) {
      throw new IllegalStateException(written + " of " + orders + " orders were written");
    }
  }

  private static RoundTrip.Step step(Connection connection, List<Taken> granted)
      throws SQLException {
    Instant at = granted.getFirst().granted().at();
    List<Row> rows = new ArrayList<>(granted.size());
    List<Grant> claims = new ArrayList<>(granted.size());
    for (Taken taken : granted) {
      int first = claims.size() + 1;
      claims.addAll(taken.granted().grants());
      rows.add(new Row(taken, OrderRows.order(taken.take()), first, claims.size()));
    }
    return new RoundTrip.Step(
        INSERT,
        List.of(
            at.atOffset(ZoneOffset.UTC),
            UuidArray.of(claims, claim -> claim.pool().value()),
            Column.integers(connection, claims, Grant::quantity),
            Column.bigints(connection, claims, Grant::sequence),
            UuidArray.of(rows, row -> row.order().id().value()),
            UuidArray.of(rows, row -> row.order().drop().value()),
            UuidArray.of(rows, row -> row.taken().take().claimant().value()),
            UuidArray.of(rows, row -> row.order().key().value()),
            Column.bigints(connection, rows, row -> row.taken().take().fingerprint()),
            Column.texts(connection, rows, row -> state(row.order())),
            Column.bigints(connection, rows, row -> row.order().amount().amount()),
            Column.texts(connection, rows, row -> row.order().answers()),
            Column.integers(connection, rows, Row::first),
            Column.integers(connection, rows, Row::last),
            Column.bigints(
                connection,
                rows,
                row -> at.until(row.taken().granted().deadline(), ChronoUnit.MICROS))),
        result -> expect(rows.size(), result.getUpdateCount()));
  }

  /**
   * Those that stand side by side in the index of keys are written one after the other. Within a
   * drop, where the first bits are the same, ids compare as PostgreSQL compares them.
   */
  private static List<Taken> byKey(List<Taken> granted) {
    return granted.stream()
        .sorted(Comparator.comparing(taken -> OrderRows.order(taken.take()).key().value()))
        .toList();
  }

  private static String state(NewOrder order) {
    return (order.paid() ? Order.State.PAID : Order.State.PENDING).name();
  }
}
