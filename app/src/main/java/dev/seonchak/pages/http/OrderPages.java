package dev.seonchak.pages.http;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.drops.Item;
import dev.seonchak.orders.Issued;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Orders;
import dev.seonchak.pages.http.OrderView.IssuedView;
import dev.seonchak.payments.Gateways;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What a buyer sees of orders: all of one's own, and one with its form, its clock and its state.
 */
@Controller
@RequestMapping("/orders")
final class OrderPages {
  private final Orders orders;
  private final Drops drops;
  private final Lives lives;
  private final Visits visits;
  private final Html html;
  private final Gateways gateways;

  OrderPages(Orders orders, Drops drops, Lives lives, Visits visits, Html html, Gateways gateways) {
    this.orders = orders;
    this.drops = drops;
    this.lives = lives;
    this.visits = visits;
    this.html = html;
    this.gateways = gateways;
  }

  @GetMapping
  void mine(
      Caller caller,
      @RequestParam(name = "cursor", defaultValue = "") String cursor,
      HttpServletResponse response)
      throws IOException {
    Page<Order> page = orders.ofBuyer(caller.account(), before(cursor));
    Map<DropId, Drop> known =
        drops.find(page.items().stream().map(Order::drop).collect(Collectors.toSet()));
    html.write(
        response,
        "orders",
        Map.of(
            "visit", visits.of(caller),
            "orders",
                page.items().stream()
                    .map(order -> OrderView.of(order, drop(known, order)))
                    .toList(),
            "next", page.next() == null ? "" : page.next()));
  }

  @GetMapping("/{id}")
  void one(@PathVariable("id") UUID id, Caller caller, HttpServletResponse response)
      throws IOException {
    html.write(
        response,
        "order",
        Map.of(
            "visit", visits.of(caller),
            "order", read(id, caller),
            "gateways", gateways.titles()));
  }

  /**
   * The part of the page that asks for itself every second.
   *
   * @param seen the state that the page shows; when it is another, the whole page is asked for
   */
  @GetMapping("/{id}/state")
  void state(
      @PathVariable("id") UUID id,
      @RequestParam("seen") String seen,
      Caller caller,
      HttpServletResponse response)
      throws IOException {
    OrderView order = read(id, caller);
    if (!order.state().equals(seen)) {
      response.setHeader("HX-Refresh", "true");
    }
    html.write(response, "fragments/state", Map.of("order", order));
  }

  private OrderView read(UUID id, Caller caller) {
    Issued issued =
        orders
            .read(new OrderId(id), caller.account())
            .filter(found -> found.order().buyer().equals(caller.account()))
            .orElseThrow(() -> Problem.notFound("order").refusal());
    Order order = issued.order();
    Drop drop = drop(drops.find(Set.of(order.drop())), order);
    LifeView life = lives.of(issued, drop, caller.account(), visits.of(caller).now());
    return OrderView.of(issued, drop, things(issued, drop), life);
  }

  static List<IssuedView> things(Issued issued, Drop drop) {
    var things = new ArrayList<IssuedView>();
    for (Issued.Ticket ticket : issued.tickets()) {
      String name = drop.item(ticket.item()).map(Item::name).orElse("Ticket");
      things.add(
          new IssuedView(
              "%s, number %d, ticket %d".formatted(name, ticket.sequence(), ticket.unit()),
              ticket.code(),
              ticket.valid()));
    }
    issued
        .packingSlip()
        .ifPresent(slip -> things.add(new IssuedView("Packing slip", slip.toString(), true)));
    return things;
  }

  private static Drop drop(Map<DropId, Drop> known, Order order) {
    Drop drop = known.get(order.drop());
    if (drop == null) {
      throw new IllegalStateException("order %s is of no drop".formatted(order.id()));
    }
    return drop;
  }

  private static @Nullable OrderId before(String cursor) {
    try {
      return cursor.isEmpty() ? null : new OrderId(UUID.fromString(cursor));
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("cursor", "This is not a cursor of this list.").refusal();
    }
  }
}
