package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Earlier;
import dev.seonchak.allocation.HolderRows;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Decision.Resolved;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Holding;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.events.Event;
import dev.seonchak.events.Outbox;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.OrderCancelled;
import dev.seonchak.orders.OrderExpired;
import dev.seonchak.orders.OrderPaid;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What orders add to a batch: the row that holds the claims, with its key, answers and events. */
@Component
public final class OrderRows implements HolderRows<NewOrder> {
  private final Outbox outbox;

  public OrderRows(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Class<NewOrder> kind() {
    return NewOrder.class;
  }

  @Override
  public List<RoundTrip.Step> earlier(List<Take> takes, Earlier found) {
    return List.of(EarlierOrders.step(takes, found));
  }

  @Override
  public List<RoundTrip.Step> insert(Connection connection, List<Taken> granted)
      throws SQLException {
    List<Event> paid = new ArrayList<>();
    for (Taken taken : granted) {
      NewOrder order = order(taken.take());
      if (order.paid()) {
        paid.add(
            new OrderPaid(
                order.id().value(),
                order.drop().value(),
                taken.take().claimant().value(),
                order.amount().amount(),
                taken.granted().at()));
      }
    }
    if (!paid.isEmpty()) {
      outbox.append(connection, paid);
    }
    return NewOrders.write(connection, granted);
  }

  @Override
  public boolean isConfirmedAtOnce(NewOrder order) {
    return order.paid();
  }

  @Override
  public Map<HolderId, Holding> lock(Connection connection, List<HolderId> holders)
      throws SQLException {
    Map<HolderId, Holding> holdings = HashMap.newHashMap(holders.size());
    try (var statement = connection.prepareStatement(RowLocks.OF_BATCH)) {
      statement.setObject(1, UuidArray.of(holders, HolderId::value));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          holdings.put(
              new HolderId(rows.getObject(1, UUID.class)),
              new Holding(
                  new ClaimantId(rows.getObject(2, UUID.class)),
                  States.held(Order.State.valueOf(rows.getString(3))),
                  instant(rows.getObject(4, OffsetDateTime.class)),
                  Grants.at(rows, 5)));
        }
      }
    }
    return holdings;
  }

  @Override
  public void release(Connection connection, Decision decision, List<Resolved> releases)
      throws SQLException {
    UUID[] ids = new UUID[releases.size()];
    String[] states = new String[releases.size()];
    @Nullable UUID[] actors = new UUID[releases.size()];
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      Resolved resolved = releases.get(i);
      ids[i] = resolved.request().holder().value();
      states[i] = States.after(resolved.request().cause()).name();
      // Only its buyer cancels an order; nobody makes one expire.
      actors[i] =
          resolved.request().cause() == Cause.CANCELLED
              ? resolved.holding().claimant().value()
              : null;
      event(resolved, decision.at()).ifPresent(events::add);
    }
    try (var statement = connection.prepareStatement(RowLocks.RELEASE)) {
      statement.setObject(1, new UuidArray(ids));
      statement.setArray(2, connection.createArrayOf("text", states));
      if (statement.executeUpdate() != ids.length) {
        throw new IllegalStateException("an order vanished under its lock");
      }
    }
    History.append(connection, ids, states, actors, decision.at());
    if (!events.isEmpty()) {
      outbox.append(connection, events);
    }
  }

  private static Optional<Event> event(Resolved resolved, Instant at) {
    UUID order = resolved.request().holder().value();
    UUID drop = resolved.request().group().value();
    UUID buyer = resolved.holding().claimant().value();
    return switch (resolved.request().cause()) {
      case CANCELLED -> Optional.of(new OrderCancelled(order, drop, buyer, at));
      case EXPIRED -> Optional.of(new OrderExpired(order, drop, buyer, at));
      // A refund tells of itself.
      case RETURNED -> Optional.empty();
    };
  }

  static NewOrder order(Take take) {
    return (NewOrder) take.holder();
  }

  private static Instant instant(OffsetDateTime time) {
    return time.toInstant();
  }
}
