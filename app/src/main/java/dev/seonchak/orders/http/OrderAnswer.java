package dev.seonchak.orders.http;

import dev.seonchak.orders.Issued;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Shipment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order in JSON.
 *
 * @param buyerName told to the seller in the list of a drop's orders only
 * @param amount in won
 * @param expiresAt when its claims go back if it is not paid
 * @param tickets what was issued for a drop of tickets; empty before it is paid
 * @param refunded of the amount, what went back or is on its way
 * @param packingSlip the id of what the seller packs; null before it is paid
 * @param shipment null before it is shipped
 * @param refunds empty in lists
 */
record OrderAnswer(
    UUID id,
    UUID dropId,
    UUID buyerId,
    @Nullable String buyerName,
    Order.State state,
    List<Line> lines,
    long amount,
    long refunded,
    Map<String, Object> answers,
    Instant createdAt,
    Instant expiresAt,
    List<Ticket> tickets,
    @Nullable UUID packingSlip,
    @Nullable Shipment shipment,
    List<RefundAnswer> refunds) {

  /**
   * One claim in JSON.
   *
   * @param sequence its number in the item's pool, from 1
   */
  record Line(UUID itemId, int quantity, long sequence) {
    static List<Line> of(List<Order.Line> lines) {
      return lines.stream()
          .map(line -> new Line(line.item().value(), line.quantity(), line.sequence()))
          .toList();
    }
  }

  /**
   * What lets one person in, in JSON.
   *
   * @param code what the door checks
   * @param valid false once its unit was taken back
   */
  record Ticket(UUID id, UUID itemId, long sequence, int unit, String code, boolean valid) {
    static Ticket of(Issued.Ticket ticket) {
      return new Ticket(
          ticket.id(),
          ticket.item().value(),
          ticket.sequence(),
          ticket.unit(),
          ticket.code(),
          ticket.valid());
    }
  }

  static OrderAnswer of(Order order) {
    return of(new Issued(order, List.of(), Optional.empty(), Optional.empty(), List.of()));
  }

  static OrderAnswer of(Issued issued) {
    Order order = issued.order();
    return new OrderAnswer(
        order.id().value(),
        order.drop().value(),
        order.buyer().value(),
        null,
        order.state(),
        Line.of(order.lines()),
        order.amount().amount(),
        order.refunded().amount(),
        order.answers(),
        order.createdAt(),
        order.expiresAt(),
        issued.tickets().stream().map(Ticket::of).toList(),
        issued.packingSlip().orElse(null),
        issued.shipment().orElse(null),
        issued.refunds().stream().map(RefundAnswer::of).toList());
  }

  /** The same with its buyer's name. */
  OrderAnswer by(@Nullable String name) {
    return new OrderAnswer(
        id,
        dropId,
        buyerId,
        name,
        state,
        lines,
        amount,
        refunded,
        answers,
        createdAt,
        expiresAt,
        tickets,
        packingSlip,
        shipment,
        refunds);
  }
}
