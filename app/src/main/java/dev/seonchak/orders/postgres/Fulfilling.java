package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.UuidArray;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.events.Subscriber;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.OrderPaid;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.OrderId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Issues what was bought once it is paid: PAID → CONFIRMED, once, however often the event comes.
 */
@Component
final class Fulfilling implements Subscriber<OrderPaid> {
  /** Bytes of a ticket's code that nobody can guess. */
  private static final int CODE_BYTES = 16;

  private final OrderReads reads;
  private final OrderWrites writes;
  private final RefundRows refunds;
  private final Drops drops;
  private final Ids ids;
  private final SecureRandom random;
  private final JdbcClient jdbc;

  Fulfilling(
      OrderReads reads,
      OrderWrites writes,
      RefundRows refunds,
      Drops drops,
      Ids ids,
      SecureRandom random,
      JdbcClient jdbc) {
    this.reads = reads;
    this.writes = writes;
    this.refunds = refunds;
    this.drops = drops;
    this.ids = ids;
    this.random = random;
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "orders.fulfilling";
  }

  @Override
  public String aggregate() {
    return "orders";
  }

  @Override
  public Class<OrderPaid> event() {
    return OrderPaid.class;
  }

  @Override
  public void on(OrderPaid event) {
    var id = new OrderId(event.orderId());
    Optional<Order.State> state = writes.lock(id);
    if (state.isEmpty() || state.get() != Order.State.PAID) {
      return;
    }
    Order order = reads.one(id).orElseThrow();
    var dropId = new DropId(event.dropId());
    Drop drop = drops.find(Set.of(dropId)).get(dropId);
    if (drop == null) {
      throw new IllegalStateException("order " + id + " is of no drop");
    }
    switch (drop.kind()) {
      case TICKET -> issueTickets(order, refunds.remaining(order));
      case GOODS -> issuePackingSlip(order);
      // What is spent later is the order itself.
      case COUPON -> {}
    }
    writes.move(id, Order.State.CONFIRMED, null);
  }

  /**
   * @param remaining units by item; some may have been taken back since they were paid
   */
  private void issueTickets(Order order, Map<ItemId, Integer> remaining) {
    List<UUID> tickets = new ArrayList<>();
    List<UUID> items = new ArrayList<>();
    List<Long> sequences = new ArrayList<>();
    List<Integer> units = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (Order.Line line : order.lines()) {
      for (int unit = 1; unit <= remaining.getOrDefault(line.item(), 0); unit++) {
        tickets.add(ids.next());
        items.add(line.item().value());
        sequences.add(line.sequence());
        units.add(unit);
        codes.add(code());
      }
    }
    jdbc.sql(
            """
            insert into tickets (id, order_id, item_id, sequence, unit, code, issued_at)
            select d.id, :order, d.item_id, d.sequence, d.unit, d.code, clock_timestamp()
              from unnest(:ids, :items, :sequences, :units, :codes)
                   as d (id, item_id, sequence, unit, code)
            """)
        .param("order", order.id().value())
        .param("ids", new UuidArray(tickets.toArray(UUID[]::new)))
        .param("items", new UuidArray(items.toArray(UUID[]::new)))
        .param("sequences", sequences.toArray(Long[]::new))
        .param("units", units.toArray(Integer[]::new))
        .param("codes", codes.toArray(String[]::new))
        .update();
  }

  private void issuePackingSlip(Order order) {
    jdbc.sql(
            """
            insert into packing_slips (id, order_id, drop_id, issued_at)
            values (:id, :order, :drop, clock_timestamp())
            """)
        .param("id", ids.next())
        .param("order", order.id().value())
        .param("drop", order.drop().value())
        .update();
  }

  private String code() {
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
