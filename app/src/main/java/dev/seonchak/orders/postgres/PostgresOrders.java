package dev.seonchak.orders.postgres;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.orders.Issued;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Orders;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Shows orders to their buyer and to the seller of their drop. Thread-safe. */
@Component
final class PostgresOrders implements Orders {
  /** Orders on one page. */
  private static final int PAGE = 50;

  private final OrderReads reads;
  private final Drops drops;
  private final JdbcClient jdbc;

  PostgresOrders(OrderReads reads, Drops drops, JdbcClient jdbc) {
    this.reads = reads;
    this.drops = drops;
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Issued> read(OrderId id, AccountId viewer) {
    return reads
        .one(id)
        .filter(order -> order.buyer().equals(viewer) || isSeller(viewer, order.drop()))
        .map(order -> new Issued(order, tickets(id), packingSlip(id)));
  }

  @Override
  public Page<Order> ofBuyer(AccountId buyer, @Nullable OrderId before) {
    return page(reads.ofBuyer(buyer, before, PAGE + 1));
  }

  @Override
  public Optional<Page<Order>> ofDrop(
      DropId drop, AccountId seller, Order.@Nullable State state, @Nullable OrderId before) {
    return isSeller(seller, drop)
        ? Optional.of(page(reads.ofDrop(drop, state, before, PAGE + 1)))
        : Optional.empty();
  }

  private boolean isSeller(AccountId viewer, DropId drop) {
    Drop found = drops.find(Set.of(drop)).get(drop);
    return found != null && found.seller().equals(viewer);
  }

  private static Page<Order> page(List<Order> found) {
    return found.size() <= PAGE
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, PAGE), found.get(PAGE - 1).id().toString());
  }

  private List<Issued.Ticket> tickets(OrderId order) {
    return jdbc.sql(
            """
            select id, item_id, sequence, unit, code
              from tickets
             where order_id = :order
             order by item_id, sequence, unit
            """)
        .param("order", order.value())
        .query((row, n) ->
            new Issued.Ticket(
                row.getObject(1, UUID.class),
                new ItemId(row.getObject(2, UUID.class)),
                row.getLong(3),
                row.getInt(4),
                row.getString(5)))
        .list();
  }

  private Optional<UUID> packingSlip(OrderId order) {
    return jdbc.sql("select id from packing_slips where order_id = :order")
        .param("order", order.value())
        .query(UUID.class)
        .optional();
  }
}
