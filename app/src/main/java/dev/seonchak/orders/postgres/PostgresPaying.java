package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Claims;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.drops.Form;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.PoolId;
import dev.seonchak.events.Outbox;
import dev.seonchak.orders.Happening.What;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.OrderPaid;
import dev.seonchak.orders.Paying;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What paying does to an order's rows, under the order's lock. Thread-safe. */
@Component
final class PostgresPaying implements Paying {
  /** Characters of a name that every gateway shows. */
  private static final int NAME_MAX = 100;

  private final OrderReads reads;
  private final OrderWrites writes;
  private final TakingAgain again;
  private final Claims claims;
  private final Drops drops;
  private final Outbox outbox;
  private final JdbcClient jdbc;

  PostgresPaying(
      OrderReads reads,
      OrderWrites writes,
      TakingAgain again,
      Claims claims,
      Drops drops,
      Outbox outbox,
      JdbcClient jdbc) {
    this.reads = reads;
    this.writes = writes;
    this.again = again;
    this.claims = claims;
    this.drops = drops;
    this.outbox = outbox;
    this.jdbc = jdbc;
  }

  @Override
  public Payable payable(OrderId id, AccountId buyer) {
    Optional<Order> found = reads.one(id).filter(order -> order.buyer().equals(buyer));
    if (found.isEmpty()) {
      return new Payable.Unknown();
    }
    Order order = found.get();
    if (order.state() != Order.State.PENDING) {
      return new Payable.Not(order.state());
    }
    if (!reads.isInTime(id)) {
      return new Payable.Not(Order.State.EXPIRED);
    }
    Drop drop = drops.cached(order.drop()).orElseThrow();
    return switch (drop.form().check(order.answers())) {
      case Form.Check.Incomplete(var questions) -> new Payable.FormIncomplete(questions);
      // Questions do not change once a drop is published, so what was kept still fits.
      case Form.Check.Complete complete -> yes(order, drop);
      case Form.Check.Malformed malformed -> yes(order, drop);
    };
  }

  private static Payable yes(Order order, Drop drop) {
    int quantity = order.lines().stream().mapToInt(Order.Line::quantity).sum();
    return new Payable.Yes(order.id(), order.buyer(), order.amount(), name(drop), quantity);
  }

  private static String name(Drop drop) {
    String title = drop.title();
    return title.codePointCount(0, title.length()) <= NAME_MAX
        ? title
        : title.substring(0, title.offsetByCodePoints(0, NAME_MAX));
  }

  @Override
  public Order.State lock(OrderId order) {
    return writes
        .lock(order)
        .orElseThrow(() -> new NoSuchElementException("there is no order " + order));
  }

  @Override
  public Begun begin(OrderId order) {
    OrderWrites.requireTransaction();
    int begun = jdbc.sql(RowLocks.BEGIN_PAYING).param("id", order.value()).update();
    if (begun == 1) {
      writes.record(order, What.PAYING, null, null);
      return Begun.PAYING;
    }
    return switch (lock(order)) {
      case PENDING, EXPIRED -> Begun.TOO_LATE;
      default -> Begun.NOT_PENDING;
    };
  }

  @Override
  public void paid(OrderId order) {
    requirePaying(order);
    settle(order, Order.State.PAYING);
  }

  /** Makes an order PAID that this transaction has locked, with its claims and its event. */
  void settle(OrderId id, Order.State from) {
    Order order = reads.one(id).orElseThrow();
    if (order.state() != from) {
      throw new IllegalStateException("order " + id + " is " + order.state() + ", not " + from);
    }
    writes.move(id, Order.State.PAID, null);
    claims.confirm(
        new HolderId(id.value()),
        order.lines().stream()
            .map(line ->
                new Grant(new PoolId(line.item().value()), line.quantity(), line.sequence()))
            .toList());
    OffsetDateTime now = jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
    outbox.append(
        List.of(
            new OrderPaid(
                id.value(),
                order.drop().value(),
                order.buyer().value(),
                order.amount().amount(),
                now.toInstant())));
  }

  @Override
  public void notPaid(OrderId order) {
    requirePaying(order);
    writes.move(order, Order.State.PENDING, null);
  }

  @Override
  public boolean holdAgain(OrderId order, Late why) {
    return again.take(order, why);
  }

  private void requirePaying(OrderId order) {
    Order.State state = lock(order);
    if (state != Order.State.PAYING) {
      throw new IllegalStateException("order " + order + " is " + state + ", not PAYING");
    }
  }
}
