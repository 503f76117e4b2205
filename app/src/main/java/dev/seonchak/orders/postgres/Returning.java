package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Claims;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.PoolId;
import dev.seonchak.events.Outbox;
import dev.seonchak.orders.Happening.What;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.OrderRefunded;
import dev.seonchak.orders.Refund;
import dev.seonchak.orders.Takings;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes a refund that was decided, in the transaction that decided it: money, claims, tickets,
 * order and event. Thread-safe.
 */
@Component
final class Returning {
  private final OrderWrites writes;
  private final RefundRows refunds;
  private final Claims claims;
  private final Takings takings;
  private final Outbox outbox;
  private final JdbcClient jdbc;

  Returning(
      OrderWrites writes,
      RefundRows refunds,
      Claims claims,
      Takings takings,
      Outbox outbox,
      JdbcClient jdbc) {
    this.writes = writes;
    this.refunds = refunds;
    this.claims = claims;
    this.takings = takings;
    this.outbox = outbox;
    this.jdbc = jdbc;
  }

  /** Locks what a refund may change: the pools when stock is to go back, then the order. */
  Order.State lock(Order order, boolean returnStock) {
    OrderWrites.requireTransaction();
    if (returnStock) {
      Set<PoolId> pools =
          order.lines().stream()
              .map(line -> new PoolId(line.item().value()))
              .collect(Collectors.toSet());
      claims.lock(pools);
    }
    return writes.lock(order.id()).orElseThrow();
  }

  /** The database's clock. */
  Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  /**
   * @param ends whether this takes back the last unit of the order
   * @param key what the seller's idempotency key is stored as, null for a buyer's cancelling
   */
  void write(
      Order order,
      Refund refund,
      boolean ends,
      AccountId actor,
      @Nullable UUID key,
      long fingerprint) {
    if (refund.stockReturned()) {
      claims.giveBack(
          new HolderId(order.id().value()),
          new ClaimantId(order.buyer().value()),
          units(order, refund));
    }
    if (!refund.amount().equals(Money.ZERO)) {
      takings.giveBack(order.id(), refund.id(), refund.amount(), refund.by());
    }
    refunds.insert(refund, key, fingerprint);
    if (!refund.units().isEmpty()) {
      refunds.voidTickets(refund);
    }
    OrderId id = order.id();
    if (ends) {
      writes.move(id, Order.State.REFUNDED, actor, detail(refund));
    } else {
      writes.record(id, What.REFUNDED_IN_PART, actor, detail(refund));
    }
    outbox.append(
        List.of(
            new OrderRefunded(
                id.value(),
                order.drop().value(),
                order.buyer().value(),
                refund.id(),
                refund.amount().amount(),
                ends,
                refund.stockReturned(),
                refund.at())));
  }

  private static List<Grant> units(Order order, Refund refund) {
    Map<ItemId, Order.Line> lines =
        order.lines().stream().collect(Collectors.toMap(Order.Line::item, Function.identity()));
    return refund.units().stream()
        .map(units -> {
          Order.Line line = lines.get(units.item());
          if (line == null) {
            throw new IllegalStateException("no line of the order: " + units.item());
          }
          return new Grant(new PoolId(line.item().value()), units.quantity(), line.sequence());
        })
        .toList();
  }

  private static String detail(Refund refund) {
    int units = refund.units().stream().mapToInt(Refund.Units::quantity).sum();
    String taken =
        units == 0
            ? "nothing taken back"
            : "%d %s taken back, stock %s"
                .formatted(
                    units,
                    units == 1 ? "unit" : "units",
                    refund.stockReturned() ? "returned" : "kept");
    return "%,d won, %s".formatted(refund.amount().amount(), taken);
  }
}
