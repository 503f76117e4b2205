package dev.seonchak.orders;

import dev.seonchak.allocation.Allocator;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.drops.Form;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Limits;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Reason;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.orders.Placed.Fault;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.orders.postgres.NewOrder;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Holds stock for a buyer. On this way there is no read of the database, no lock, no log line: the
 * drop comes from memory, and the rest is one request to the allocation. Thread-safe.
 */
@Component
public final class Placing {
  /** Lines of one order at most. */
  public static final int LINES_MAX = 20;

  private static final String OPERATION = "order";

  private final Drops drops;
  private final Allocator allocator;
  private final Ids ids;

  Placing(Drops drops, Allocator allocator, Ids ids) {
    this.drops = drops;
    this.allocator = allocator;
    this.ids = ids;
  }

  /**
   * Takes what is wished for, all or nothing, and waits until it is durable.
   *
   * @param key the buyer's name for this attempt in this drop, visible ASCII; sending it again acts
   *     once
   */
  public Placed place(DropId id, AccountId buyer, String key, Wish wish)
      throws InterruptedException {
    Optional<Drop> found = drops.cached(id);
    if (found.isEmpty() || found.get().state() == Drop.State.DRAFT) {
      return new Placed.NoSuchDrop();
    }
    Drop drop = found.get();
    Set<ItemId> seen = new HashSet<>();
    List<Line> lines = new ArrayList<>(wish.lines().size());
    Money amount = Money.ZERO;
    long units = 0;
    long unitsMax = unitsMax(drop);
    Optional<Placed> fault = countFault(wish);
    for (int i = 0; i < wish.lines().size() && fault.isEmpty(); i++) {
      Wish.Line line = wish.lines().get(i);
      Optional<Item> item = drop.item(line.item());
      units += line.quantity();
      if (line.quantity() < 1 || units > unitsMax) {
        fault = invalid(Fault.INVALID_QUANTITY, i);
      } else if (item.isEmpty()) {
        fault = invalid(Fault.UNKNOWN_ITEM, i);
      } else if (!seen.add(line.item())) {
        fault = invalid(Fault.REPEATED_ITEM, i);
      } else {
        try {
          amount = amount.plus(item.get().price().times(line.quantity()));
        } catch (ArithmeticException e) {
          fault = invalid(Fault.AMOUNT_TOO_LARGE, i);
        }
        lines.add(new Line(new PoolId(line.item().value()), line.quantity()));
      }
    }
    if (fault.isEmpty() && wish.coupon() != null) {
      // There are no coupons to spend yet, so whichever it is, nobody has it.
      fault = invalid(Fault.UNKNOWN_COUPON, 0);
    }
    if (fault.isPresent()) {
      return fault.get();
    }
    Form.Check check = drop.form().check(wish.answers());
    if (check instanceof Form.Check.Malformed(var reasons)) {
      return new Placed.MalformedAnswers(reasons);
    }
    boolean paid = amount.equals(Money.ZERO) && check instanceof Form.Check.Complete;
    Take take = take(drop, buyer, key, wish, lines, amount, paid);
    return placed(allocator.take(take), take, amount, paid);
  }

  /** Each ticket is a row that is written with its order; other units cost nothing. */
  private static long unitsMax(Drop drop) {
    return drop.kind() == Drop.Kind.TICKET ? Limits.STANDARD.orderTicketsMax() : Long.MAX_VALUE;
  }

  private static Optional<Placed> countFault(Wish wish) {
    if (wish.lines().isEmpty()) {
      return invalid(Fault.NO_LINES, 0);
    }
    return wish.lines().size() > LINES_MAX
        ? invalid(Fault.TOO_MANY_LINES, LINES_MAX)
        : Optional.empty();
  }

  private static Optional<Placed> invalid(Fault fault, int line) {
    return Optional.of(new Placed.Invalid(fault, line));
  }

  private Take take(
      Drop drop,
      AccountId buyer,
      String key,
      Wish wish,
      List<Line> lines,
      Money amount,
      boolean paid) {
    String answers = AnswersJson.write(wish.answers());
    var stored = BuyerKey.of(drop.id(), buyer, key);
    var order = new NewOrder(new HolderId(ids.next()), drop.id(), stored, amount, answers, paid);
    return new Take(
        new ClaimantId(buyer.value()),
        // As it is stored, so that two keys that the table cannot tell apart are one here too.
        new Key(OPERATION, stored.value().toString()),
        Fingerprint.of(drop.id(), wish, answers),
        new GroupId(drop.id().value()),
        lines,
        drop.hold(),
        order);
  }

  private static Placed placed(Outcome outcome, Take take, Money amount, boolean paid) {
    return switch (outcome) {
      case Outcome.Granted granted -> held(granted, amount, paid);
      case Outcome.Repeated(var original) -> held(original, amount, paid);
      case Outcome.KeyReused(var key) -> new Placed.KeyReused();
      case Outcome.Refused(var reason, var line) ->
          reason == Reason.UNKNOWN_POOL
              ? new Placed.NoSuchDrop()
              : new Placed.Refused(reason, new ItemId(take.lines().get(line).pool().value()));
      case Outcome.Overloaded(var retryAfter) -> new Placed.Overloaded(retryAfter);
      case Outcome.Unanswered() -> new Placed.Unanswered();
      case Outcome.Rejected(var message) -> new Placed.NotStorable();
      case Outcome.Released released -> throw new IllegalStateException("a take was released");
      case Outcome.NotReleased not -> throw new IllegalStateException("a take was released");
    };
  }

  /** Built from what never changes, so that a repeated key gets the same answer. */
  private static Placed held(Outcome.Granted granted, Money amount, boolean paid) {
    List<Order.Line> lines = new ArrayList<>(granted.grants().size());
    for (Grant grant : granted.grants()) {
      lines.add(
          new Order.Line(new ItemId(grant.pool().value()), grant.quantity(), grant.sequence()));
    }
    return new Placed.Held(
        new OrderId(granted.holder().value()),
        paid ? Order.State.PAID : Order.State.PENDING,
        lines,
        amount,
        granted.deadline());
  }
}
