package dev.seonchak.orders.postgres;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.drops.Item;
import dev.seonchak.orders.Changing.Cancelled;
import dev.seonchak.orders.Fingerprint;
import dev.seonchak.orders.GivingBack;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Refund;
import dev.seonchak.orders.RefundPlan;
import dev.seonchak.orders.RefundPlan.Reading;
import dev.seonchak.orders.Takings;
import dev.seonchak.orders.Takings.Standing;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides refunds under the locks of pools and order. Thread-safe. */
@Component
final class PostgresGivingBack implements GivingBack {
  private static final Set<Order.State> REFUNDABLE =
      EnumSet.of(
          Order.State.PAID,
          Order.State.CONFIRMED,
          Order.State.SHIPPED,
          Order.State.DELIVERED,
          Order.State.REFUNDED);

  private static final Set<Order.State> CANCELLABLE =
      EnumSet.of(Order.State.PAID, Order.State.CONFIRMED);

  private final OrderReads reads;
  private final RefundRows refunds;
  private final Returning returning;
  private final Takings takings;
  private final Drops drops;
  private final Ids ids;
  private final TransactionTemplate transactions;

  PostgresGivingBack(
      OrderReads reads,
      RefundRows refunds,
      Returning returning,
      Takings takings,
      Drops drops,
      Ids ids,
      TransactionTemplate transactions) {
    this.reads = reads;
    this.refunds = refunds;
    this.returning = returning;
    this.takings = takings;
    this.drops = drops;
    this.ids = ids;
    this.transactions = transactions;
  }

  @Override
  public Outcome refund(OrderId id, AccountId seller, String key, Ask ask) {
    Order order = reads.one(id).orElse(null);
    Drop drop = order == null ? null : drops.find(Set.of(order.drop())).get(order.drop());
    if (order == null || drop == null || !drop.seller().equals(seller)) {
      return new Outcome.Unknown();
    }
    return transactions.execute(status -> decide(order, drop, key, ask));
  }

  private Outcome decide(Order before, Drop drop, String key, Ask ask) {
    Order.State state = returning.lock(before, ask.returnStock());
    UUID stored = Fingerprint.ofKey(key);
    long fingerprint = Fingerprint.of(ask);
    var earlier = refunds.byKey(before.id(), stored);
    if (earlier.isPresent()) {
      return earlier.get().fingerprint() == fingerprint
          ? new Outcome.Done(earlier.get().refund())
          : new Outcome.KeyReused();
    }
    if (state == Order.State.PAYING) {
      return new Outcome.PaymentInProgress();
    }
    if (!REFUNDABLE.contains(state)) {
      return new Outcome.Not(state);
    }
    // Its claims may be others than before the lock, once they were taken again.
    Order order = reads.one(before.id()).orElseThrow();
    boolean ended = state == Order.State.REFUNDED;
    if (ended && order.refunded().equals(order.amount())) {
      return new Outcome.Not(state);
    }
    if (!(takings.standing(order.id()) instanceof Standing.Kept(Money left))) {
      return new Outcome.RefundInProgress();
    }
    if (!ask.isEverything() && refunds.of(order.id()).size() >= PARTS_MAX) {
      return new Outcome.TooManyParts();
    }
    return switch (RefundPlan.of(ask, left, refunds.remaining(order), prices(drop))) {
      case Reading.Bad(var outcome) -> outcome;
      case Reading.Good(var plan) -> {
        Refund refund = refund(order, plan, Refund.By.SELLER, ask);
        boolean ends = plan.ends() && !ended;
        returning.write(order, refund, ends, drop.seller(), stored, fingerprint);
        yield new Outcome.Done(refund);
      }
    };
  }

  private static Map<ItemId, Money> prices(Drop drop) {
    return drop.items().stream().collect(Collectors.toMap(Item::id, Item::price));
  }

  private Refund refund(Order order, RefundPlan plan, Refund.By by, Ask ask) {
    return new Refund(
        ids.next(),
        order.id(),
        by,
        plan.amount(),
        plan.units(),
        ask.returnStock() && !plan.units().isEmpty(),
        false,
        ask.note(),
        returning.now());
  }

  /** What a buyer's cancelling of a paid order comes to: all of it goes back, stock included. */
  Cancelled cancel(Order before) {
    Drop drop = Objects.requireNonNull(drops.find(Set.of(before.drop())).get(before.drop()));
    return transactions.execute(status -> decide(before, drop));
  }

  private Cancelled decide(Order before, Drop drop) {
    Order.State state = returning.lock(before, true);
    if (state == Order.State.CANCELLED || isCancelled(before.id(), state)) {
      return new Cancelled.Done();
    }
    if (state == Order.State.PAYING) {
      return new Cancelled.PaymentInProgress();
    }
    if (!CANCELLABLE.contains(state)) {
      return new Cancelled.Not(state);
    }
    Instant until = before.createdAt().plus(drop.terms().cancelWithin());
    if (!returning.now().isBefore(until)) {
      return new Cancelled.TooLate(until);
    }
    Order order = reads.one(before.id()).orElseThrow();
    if (!(takings.standing(order.id()) instanceof Standing.Kept(Money left))) {
      return new Cancelled.RefundInProgress();
    }
    var ask = new Ask(null, List.of(), true, null);
    if (!(RefundPlan.of(ask, left, refunds.remaining(order), prices(drop))
        instanceof Reading.Good(var plan))) {
      throw new IllegalStateException("all of order " + order.id() + " cannot be given back");
    }
    returning.write(
        order, refund(order, plan, Refund.By.BUYER, ask), plan.ends(), order.buyer(), null, 0);
    return new Cancelled.Done();
  }

  private boolean isCancelled(OrderId order, Order.State state) {
    return state == Order.State.REFUNDED
        && refunds.of(order).stream().anyMatch(refund -> refund.by() == Refund.By.BUYER);
  }
}
