package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.UuidArray;
import dev.seonchak.orders.AnswersJson;
import dev.seonchak.orders.Order;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads orders as they stand now. Thread-safe. */
@Component
final class OrderReads {
  private static final String COLUMNS =
      """
      select id, drop_id, buyer_id, state, amount, items, quantities,
             coalesce(again_sequences, sequences), created_at, held_until, answers,
             coalesce(refunded, 0)
      """;

  private static final String ORDERS = COLUMNS + "  from orders\n";

  /**
   * The orders of a buyer lie side by side among those of drops that were made at one time (see
   * {@link BuyerKey}): one probe for each such time since the first order.
   */
  private static final String OF_BUYER =
      """
      with bounds as (
        select (select ('x' || left(buyer_key::text, 4))::bit(16)::int
                  from orders order by buyer_key limit 1) as first,
               (select ('x' || left(buyer_key::text, 4))::bit(16)::int
                  from orders order by buyer_key desc limit 1) as last
      ), found as (
        select o.*
          from bounds, generate_series(first, last) as made
         cross join lateral (
                 select lpad(to_hex(made), 4, '0') || right(cast(:buyer as text), 10) as start) s
         cross join lateral (
                 select *
                   from orders
                  where buyer_key between (start || repeat('0', 18))::uuid
                                      and (start || repeat('f', 18))::uuid
                    and buyer_id = :buyer
                 offset 0) o
         where id < :before
      )
      """
          + COLUMNS
          + """
            from found
           order by id desc
           limit :max
          """;

  /** Above every id, so that one condition, and with it one plan, serves the first page too. */
  private static final UUID NEWEST = new UUID(-1, -1);

  private final JdbcClient jdbc;

  OrderReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Order> one(OrderId id) {
    return jdbc.sql(ORDERS + " where id = :id")
        .param("id", id.value())
        .query(OrderReads::order)
        .optional();
  }

  /** Whether the order's deadline is still ahead, by the database's clock. */
  boolean isInTime(OrderId id) {
    return jdbc.sql("select held_until > clock_timestamp() from orders where id = :id")
        .param("id", id.value())
        .query(Boolean.class)
        .single();
  }

  /** Whether the order was kept or taken again past its deadline before. */
  boolean isGraced(OrderId id) {
    return jdbc.sql("select graced_at is not null from orders where id = :id")
        .param("id", id.value())
        .query(Boolean.class)
        .single();
  }

  /** Those of them that there are, in any order; one probe of the index for each. */
  List<Order> all(List<OrderId> ids) {
    return jdbc.sql(
            COLUMNS
                + """
                  from unnest(:ids) as wanted (order_id)
                 cross join lateral (select * from orders where id = order_id offset 0) o
                """)
        .param("ids", UuidArray.of(ids, OrderId::value))
        .query(OrderReads::order)
        .list();
  }

  List<Order> ofBuyer(AccountId buyer, @Nullable OrderId before, int max) {
    return jdbc.sql(OF_BUYER)
        .param("buyer", buyer.value())
        .param("before", before == null ? NEWEST : before.value())
        .param("max", max)
        .query(OrderReads::order)
        .list();
  }

  List<Order> ofDrop(DropId drop, Order.@Nullable State state, @Nullable OrderId before, int max) {
    return jdbc.sql(
            ORDERS
                + """
                 where drop_id = :drop
                   and (cast(:state as text) is null or state = :state)
                   and id < :before
                 order by id desc
                 limit :max
                """)
        .param("drop", drop.value())
        .param("state", state == null ? null : state.name())
        .param("before", before == null ? NEWEST : before.value())
        .param("max", max)
        .query(OrderReads::order)
        .list();
  }

  private static Order order(ResultSet row, int number) throws SQLException {
    return new Order(
        new OrderId(row.getObject(1, UUID.class)),
        new DropId(row.getObject(2, UUID.class)),
        new AccountId(row.getObject(3, UUID.class)),
        Order.State.valueOf(row.getString(4)),
        Grants.at(row, 6).stream()
            .map(grant ->
                new Order.Line(
                    new ItemId(grant.pool().value()), grant.quantity(), grant.sequence()))
            .toList(),
        new Money(row.getLong(5)),
        new Money(row.getLong(12)),
        AnswersJson.read(row.getString(11)),
        row.getObject(9, OffsetDateTime.class).toInstant(),
        row.getObject(10, OffsetDateTime.class).toInstant());
  }
}
