package dev.seonchak.pages.http;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Item;
import dev.seonchak.orders.Happening;
import dev.seonchak.orders.Issued;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Orders;
import dev.seonchak.orders.Refund;
import dev.seonchak.orders.Shipment;
import dev.seonchak.pages.http.LifeView.DepositView;
import dev.seonchak.pages.http.LifeView.HappeningView;
import dev.seonchak.pages.http.LifeView.RefundView;
import dev.seonchak.pages.http.LifeView.RefusedView;
import dev.seonchak.pages.http.LifeView.ShipmentView;
import dev.seonchak.payments.Deposit;
import dev.seonchak.payments.Deposits;
import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Payments;
import dev.seonchak.payments.Refusals;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.Page;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what became of an order: its deposit, shipment, refunds and history. */
@Component
final class Lives {
  private final Orders orders;
  private final Payments payments;
  private final Deposits deposits;
  private final Refusals refusals;

  Lives(Orders orders, Payments payments, Deposits deposits, Refusals refusals) {
    this.orders = orders;
    this.payments = payments;
    this.deposits = deposits;
    this.refusals = refusals;
  }

  LifeView of(Issued issued, Drop drop, AccountId viewer, Instant now) {
    Order order = issued.order();
    List<Payment> paid = payments.of(order.id());
    long goneBack = paid.stream().map(Payment::refunded).mapToLong(Money::amount).sum();
    long refunded = order.refunded().amount();
    Page<Happening> history =
        orders.history(order.id(), viewer, null).orElseGet(() -> new Page<>(List.of(), null));
    return new LifeView(
        cancelUntil(order, drop, now),
        refunded == 0 ? "" : Won.text(order.refunded()),
        Won.amount(new Money(order.amount().amount() - refunded)),
        goneBack < refunded ? Won.text(new Money(refunded - goneBack)) : "",
        deposit(order),
        issued.shipment().map(Lives::shipment).orElse(null),
        refused(paid),
        issued.refunds().stream().map(refund -> refund(refund, drop)).toList(),
        history.items().stream().map(Lives::happening).toList(),
        history.next() == null
            ? ""
            : "/api/orders/" + order.id() + "/history?cursor=" + history.next());
  }

  private List<RefusedView> refused(List<Payment> paid) {
    return refusals.of(paid.stream().map(Payment::id).collect(Collectors.toSet())).values().stream()
        .map(refusal ->
            new RefusedView(
                refusal.payment().toString(),
                refusal.refund().toString(),
                Won.text(refusal.amount()),
                refusal.why()))
        .toList();
  }

  private static String cancelUntil(Order order, Drop drop, Instant now) {
    Instant until = order.createdAt().plus(drop.terms().cancelWithin());
    boolean paid = order.state() == Order.State.PAID || order.state() == Order.State.CONFIRMED;
    return paid && now.isBefore(until) ? until.toString() : "";
  }

  private @Nullable DepositView deposit(Order order) {
    List<Deposit> all = deposits.of(order.id());
    if (all.isEmpty()) {
      return null;
    }
    Deposit latest = all.getLast();
    Deposits.Owed owed = deposits.owed(Set.of(latest.payment().id())).get(latest.payment().id());
    return new DepositView(
        latest.payment().id().toString(),
        latest.stage().name(),
        latest.to().bank(),
        latest.to().account(),
        latest.to().holder(),
        latest.name(),
        Won.text(latest.payment().amount()),
        latest.deadline().toString(),
        owed == null ? "" : Won.text(owed.amount()),
        owed == null ? "" : owed.refund().toString());
  }

  private static ShipmentView shipment(Shipment shipment) {
    Instant delivered = shipment.deliveredAt();
    return new ShipmentView(
        shipment.carrier(),
        shipment.trackingNumber(),
        shipment.shippedAt().toString(),
        delivered == null ? "" : delivered.toString());
  }

  private static RefundView refund(Refund refund, Drop drop) {
    String what =
        refund.units().stream()
            .map(units ->
                "%s × %d"
                    .formatted(
                        drop.item(units.item()).map(Item::name).orElse("?"), units.quantity()))
            .collect(Collectors.joining(", "));
    return new RefundView(
        refund.at().toString(),
        Won.amount(refund.amount()),
        what.isEmpty() ? "Money alone" : what,
        refund.note() == null ? "" : refund.note(),
        refund.refused());
  }

  private static HappeningView happening(Happening happening) {
    return new HappeningView(
        happening.at().toString(),
        words(happening.what()),
        switch (happening.by()) {
          case BUYER -> "buyer";
          case SELLER -> "seller";
          case PLATFORM -> "";
        },
        happening.detail() == null ? "" : happening.detail());
  }

  private static String words(Happening.What what) {
    return switch (what) {
      case HELD -> "Held";
      case ANSWERED -> "Form answered";
      case HELD_AGAIN -> "Held again after the deadline";
      case PENDING -> "Not paid; can be paid again";
      case AWAITING_DEPOSIT -> "Waits for a bank transfer";
      case DEPOSIT_ARRIVED -> "Bank transfer arrived";
      case DEPOSIT_TOO_LATE -> "Bank transfer arrived too late";
      case PAYING -> "Being paid";
      case PAID -> "Paid";
      case CONFIRMED -> "Confirmed";
      case SHIPPED -> "Shipped";
      case DELIVERED -> "Delivered";
      case CANCELLED -> "Cancelled";
      case EXPIRED -> "Expired unpaid";
      case REFUNDED_IN_PART -> "Refunded in part";
      case REFUNDED -> "Refunded";
      case REFUND_REFUSED -> "The payment company refused a refund";
      case SENT_BACK -> "Money sent back by hand";
    };
  }
}
