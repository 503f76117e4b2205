package dev.seonchak.pages.http;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.identity.Accounts;
import dev.seonchak.orders.Issued;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Orders;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What a seller sees of one order, and does with it: ship, deliver, refund, confirm a deposit. */
@Controller
final class SaleOrderPages {
  private final Orders orders;
  private final Drops drops;
  private final Accounts accounts;
  private final Lives lives;
  private final Visits visits;
  private final Html html;

  SaleOrderPages(
      Orders orders, Drops drops, Accounts accounts, Lives lives, Visits visits, Html html) {
    this.orders = orders;
    this.drops = drops;
    this.accounts = accounts;
    this.lives = lives;
    this.visits = visits;
    this.html = html;
  }

  @GetMapping("/seller/orders/{id}")
  void one(@PathVariable("id") UUID id, Caller caller, HttpServletResponse response)
      throws IOException {
    Issued issued =
        orders
            .read(new OrderId(id), caller.account())
            .orElseThrow(() -> Problem.notFound("order").refusal());
    Order order = issued.order();
    Drop drop = drops.find(Set.of(order.drop())).get(order.drop());
    if (drop == null || !drop.seller().equals(caller.account())) {
      throw Problem.notFound("order").refusal();
    }
    Visit visit = visits.of(caller);
    var buyer = accounts.find(Set.of(order.buyer())).get(order.buyer());
    html.write(
        response,
        "seller-order",
        Map.of(
            "visit",
            visit,
            "order",
            OrderView.of(
                issued,
                drop,
                OrderPages.things(issued, drop),
                lives.of(issued, drop, caller.account(), visit.now())),
            "buyer",
            buyer == null ? "closed account" : buyer.name(),
            "answers",
            Sales.answers(order, drop)));
  }
}
