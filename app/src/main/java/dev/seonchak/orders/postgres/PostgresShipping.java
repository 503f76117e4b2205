package dev.seonchak.orders.postgres;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.events.Event;
import dev.seonchak.events.Outbox;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.OrderDelivered;
import dev.seonchak.orders.OrderShipped;
import dev.seonchak.orders.Shipment;
import dev.seonchak.orders.Shipping;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Ships orders, each step under the order's lock. Thread-safe. */
@Component
final class PostgresShipping implements Shipping {
  private final OrderReads reads;
  private final OrderWrites writes;
  private final PostgresOrders orders;
  private final Drops drops;
  private final Outbox outbox;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresShipping(
      OrderReads reads,
      OrderWrites writes,
      PostgresOrders orders,
      Drops drops,
      Outbox outbox,
      JdbcClient jdbc,
      TransactionTemplate transactions) {
    this.reads = reads;
    this.writes = writes;
    this.orders = orders;
    this.drops = drops;
    this.outbox = outbox;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public Outcome ship(OrderId id, AccountId seller, String carrier, String trackingNumber) {
    Order order = reads.one(id).orElse(null);
    Drop drop = own(order, seller);
    if (order == null || drop == null) {
      return new Outcome.Unknown();
    }
    if (drop.kind() != Drop.Kind.GOODS) {
      return new Outcome.NotGoods();
    }
    return transactions.execute(status -> {
      Order.State state = writes.lock(id).orElseThrow();
      if (state == Order.State.CONFIRMED) {
        ship(order, seller, carrier, trackingNumber);
      } else if (state != Order.State.SHIPPED || !isOnItsWay(id, carrier, trackingNumber)) {
        return new Outcome.Not(state);
      }
      return new Outcome.Done(orders.read(id, seller).orElseThrow());
    });
  }

  private void ship(Order order, AccountId seller, String carrier, String trackingNumber) {
    OffsetDateTime at =
        jdbc.sql(
                """
                insert into shipments (order_id, carrier, tracking_number, shipped_at)
                values (:order, :carrier, :number, clock_timestamp())
                returning shipped_at
                """)
            .param("order", order.id().value())
            .param("carrier", carrier)
            .param("number", trackingNumber)
            .query(OffsetDateTime.class)
            .single();
    writes.move(order.id(), Order.State.SHIPPED, seller, carrier + " " + trackingNumber);
    tell(
        new OrderShipped(
            order.id().value(),
            order.drop().value(),
            order.buyer().value(),
            carrier,
            trackingNumber,
            at.toInstant()));
  }

  private boolean isOnItsWay(OrderId id, String carrier, String trackingNumber) {
    return orders
        .shipment(id)
        .map(shipment ->
            new Shipment(carrier, trackingNumber, shipment.shippedAt(), null).equals(shipment))
        .orElse(false);
  }

  @Override
  public Outcome deliver(OrderId id, AccountId seller) {
    Order order = reads.one(id).orElse(null);
    if (order == null || own(order, seller) == null) {
      return new Outcome.Unknown();
    }
    return transactions.execute(status -> {
      Order.State state = writes.lock(id).orElseThrow();
      if (state == Order.State.SHIPPED) {
        deliver(order, seller);
      } else if (state != Order.State.DELIVERED) {
        return new Outcome.Not(state);
      }
      return new Outcome.Done(orders.read(id, seller).orElseThrow());
    });
  }

  private void deliver(Order order, AccountId seller) {
    OffsetDateTime at =
        jdbc.sql(
                """
                update shipments set delivered_at = clock_timestamp() where order_id = :order
                returning delivered_at
                """)
            .param("order", order.id().value())
            .query(OffsetDateTime.class)
            .single();
    writes.move(order.id(), Order.State.DELIVERED, seller);
    tell(
        new OrderDelivered(
            order.id().value(), order.drop().value(), order.buyer().value(), at.toInstant()));
  }

  private void tell(Event event) {
    outbox.append(List.of(event));
  }

  private @Nullable Drop own(@Nullable Order order, AccountId seller) {
    return Optional.ofNullable(order)
        .map(known -> drops.find(Set.of(known.drop())).get(known.drop()))
        .filter(drop -> drop.seller().equals(seller))
        .orElse(null);
  }
}
