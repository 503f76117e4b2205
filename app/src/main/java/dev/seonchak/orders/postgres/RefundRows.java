package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.UuidArray;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Refund;
import dev.seonchak.orders.Refund.Units;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was given back of orders, row by row. Written under the order's lock. Thread-safe. */
@Component
final class RefundRows {
  private static final String REFUNDS =
      """
      select id, order_id, asked_by, amount, items, quantities, stock_returned, note, created_at,
             fingerprint, refused_at is not null
        from order_refunds
      """;

  private final JdbcClient jdbc;

  RefundRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A refund with what tells whether the same was asked. */
  record Known(Refund refund, long fingerprint) {}

  /** The oldest first; ids sort by the time of their making. */
  List<Refund> of(OrderId order) {
    return jdbc
        .sql(REFUNDS + " where order_id = :order order by id")
        .param("order", order.value())
        .query(RefundRows::known)
        .list()
        .stream()
        .map(Known::refund)
        .toList();
  }

  Optional<Known> byKey(OrderId order, UUID key) {
    return jdbc.sql(REFUNDS + " where order_id = :order and idempotency_key = :key")
        .param("order", order.value())
        .param("key", key)
        .query(RefundRows::known)
        .optional();
  }

  /** Units by item, in the order of the lines, that no refund has taken back. */
  Map<ItemId, Integer> remaining(Order order) {
    Map<ItemId, Integer> remaining = new LinkedHashMap<>();
    order.lines().forEach(line -> remaining.put(line.item(), line.quantity()));
    of(order.id())
        .forEach(refund ->
            refund
                .units()
                .forEach(units -> remaining.merge(units.item(), -units.quantity(), Integer::sum)));
    return remaining;
  }

  /**
   * @param key what the seller's idempotency key is stored as, null for a buyer's cancelling
   */
  void insert(Refund refund, @Nullable UUID key, long fingerprint) {
    jdbc.sql(
            """
            insert into order_refunds (id, order_id, asked_by, amount, items, quantities,
                   stock_returned, note, idempotency_key, fingerprint, created_at)
            values (:id, :order, :by, :amount, :items, :quantities, :returned, :note, :key,
                    :fingerprint, :at)
            """)
        .param("id", refund.id())
        .param("order", refund.order().value())
        .param("by", refund.by().name())
        .param("amount", refund.amount().amount())
        .param("items", items(refund))
        .param("quantities", refund.units().stream().map(Units::quantity).toArray(Integer[]::new))
        .param("returned", refund.stockReturned())
        .param("note", refund.note())
        .param("key", key)
        .param("fingerprint", fingerprint)
        .param("at", refund.at().atOffset(java.time.ZoneOffset.UTC))
        .update();
    jdbc.sql("update orders set refunded = coalesce(refunded, 0) + :amount where id = :order")
        .param("amount", refund.amount().amount())
        .param("order", refund.order().value())
        .update();
  }

  /** Tickets of units that were taken back let nobody in any more; the highest units go first. */
  void voidTickets(Refund refund) {
    jdbc.sql(
            """
            update tickets
               set void_at = clock_timestamp()
              from unnest(:items, :quantities) as d (item_id, quantity)
             cross join lateral (
                   select id
                     from tickets t
                    where t.order_id = :order and t.item_id = d.item_id and t.void_at is null
                    order by t.unit desc
                    limit d.quantity) as last
             where tickets.id = last.id
            """)
        .param("items", items(refund))
        .param("quantities", refund.units().stream().map(Units::quantity).toArray(Integer[]::new))
        .param("order", refund.order().value())
        .update();
  }

  private static UuidArray items(Refund refund) {
    return new UuidArray(
        refund.units().stream().map(units -> units.item().value()).toArray(UUID[]::new));
  }

  private static Known known(ResultSet row, int number) throws SQLException {
    UUID[] items = (UUID[]) row.getArray(5).getArray();
    Integer[] quantities = (Integer[]) row.getArray(6).getArray();
    List<Units> units = new ArrayList<>(items.length);
    for (int i = 0; i < items.length; i++) {
      units.add(new Units(new ItemId(items[i]), quantities[i]));
    }
    var refund =
        new Refund(
            row.getObject(1, UUID.class),
            new OrderId(row.getObject(2, UUID.class)),
            Refund.By.valueOf(row.getString(3)),
            new Money(row.getLong(4)),
            units,
            row.getBoolean(7),
            row.getBoolean(11),
            row.getString(8),
            row.getObject(9, OffsetDateTime.class).toInstant());
    return new Known(refund, row.getLong(10));
  }
}
