package dev.seonchak.orders.postgres;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.orders.Happening;
import dev.seonchak.orders.Happening.By;
import dev.seonchak.orders.Happening.What;
import dev.seonchak.orders.Issued;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Orders;
import dev.seonchak.orders.Shipment;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Page;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

  /** Entries of a history on one page. */
  private static final int HAPPENINGS_MAX = 100;

  private final OrderReads reads;
  private final RefundRows refunds;
  private final Drops drops;
  private final JdbcClient jdbc;

  PostgresOrders(OrderReads reads, RefundRows refunds, Drops drops, JdbcClient jdbc) {
    this.reads = reads;
    this.refunds = refunds;
    this.drops = drops;
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Issued> read(OrderId id, AccountId viewer) {
    return reads
        .one(id)
        .filter(order -> order.buyer().equals(viewer) || isSeller(viewer, order.drop()))
        .map(
            order -> new Issued(order, tickets(id), packingSlip(id), shipment(id), refunds.of(id)));
  }

  @Override
  public Optional<Page<Happening>> history(OrderId id, AccountId viewer, @Nullable Instant after) {
    return reads
        .one(id)
        .filter(order -> order.buyer().equals(viewer) || isSeller(viewer, order.drop()))
        .map(order -> history(order, after));
  }

  /** Taking the stock is in the order itself; what happened at one moment stays on one page. */
  private Page<Happening> history(Order order, @Nullable Instant after) {
    List<Happening> history = new ArrayList<>();
    if (after == null) {
      history.add(new Happening(order.createdAt(), What.HELD, By.BUYER, null));
    }
    history.addAll(
        jdbc.sql(
                """
                select at, what, actor_id, detail from order_history
                 where order_id = :order and at > :after
                 order by at
                 fetch first :max rows with ties
                """)
            .param("order", order.id().value())
            .param("after", (after == null ? Instant.EPOCH : after).atOffset(ZoneOffset.UTC))
            .param("max", HAPPENINGS_MAX)
            .query((row, n) ->
                new Happening(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    What.valueOf(row.getString(2)),
                    by(row.getObject(3, UUID.class), order),
                    row.getString(4)))
            .list());
    Instant last = history.isEmpty() ? null : history.getLast().at();
    boolean goesOn = last != null && history.size() >= HAPPENINGS_MAX && goesOn(order.id(), last);
    return new Page<>(history, goesOn ? String.valueOf(last) : null);
  }

  private boolean goesOn(OrderId order, Instant after) {
    return jdbc.sql("select exists (select from order_history where order_id = ? and at > ?)")
        .params(order.value(), after.atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  private static By by(@Nullable UUID actor, Order order) {
    if (actor == null) {
      return By.PLATFORM;
    }
    return actor.equals(order.buyer().value()) ? By.BUYER : By.SELLER;
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
            select id, item_id, sequence, unit, code, void_at is null
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
                row.getString(5),
                row.getBoolean(6)))
        .list();
  }

  Optional<Shipment> shipment(OrderId order) {
    return jdbc.sql(
            """
            select carrier, tracking_number, shipped_at, delivered_at
              from shipments where order_id = :order
            """)
        .param("order", order.value())
        .query((row, n) ->
            new Shipment(
                row.getString(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                instant(row.getObject(4, OffsetDateTime.class))))
        .optional();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private Optional<UUID> packingSlip(OrderId order) {
    return jdbc.sql("select id from packing_slips where order_id = :order")
        .param("order", order.value())
        .query(UUID.class)
        .optional();
  }
}
