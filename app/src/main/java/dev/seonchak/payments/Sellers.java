package dev.seonchak.payments;

import dev.seonchak.drops.Drops;
import dev.seonchak.orders.Orders;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.OrderId;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Says who sells what. */
@Component
final class Sellers {
  private final Orders orders;
  private final Drops drops;

  Sellers(Orders orders, Drops drops) {
    this.orders = orders;
    this.drops = drops;
  }

  boolean sells(OrderId order, AccountId who) {
    return orders.read(order, who).filter(found -> sells(found.order().drop(), who)).isPresent();
  }

  boolean sells(DropId drop, AccountId who) {
    var found = drops.find(Set.of(drop)).get(drop);
    return found != null && found.seller().equals(who);
  }
}
