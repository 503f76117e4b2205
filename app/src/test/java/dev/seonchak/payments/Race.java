package dev.seonchak.payments;

import dev.seonchak.orders.Order;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A small world around one deadline, that lives by its seed: the approval of a payment lands from
 * 50 ms before to 50 ms after it, while the sweeper looks for what is due, another buyer wants the
 * piece, the reconciler asks, tabs are doubled, answers get lost and processes end.
 *
 * <p>The code that decides is the real one; rows and company are in memory. Whenever something has
 * been committed, what must always be so is looked at, and what must be so in the end, in the end.
 */
final class Race {
  private static final long DEADLINE = 1_000;
  private static final int LANDS_MILLIS = 50;
  private static final long RIVAL_LEAVES = DEADLINE + 3_000;
  private static final long SETTLED_BY = DEADLINE + 600_000;
  private static final Money PRICE = new Money(12_000);

  /** What the world is made of; a sound world changes nothing. */
  static class Parts {
    MemoryOrders orders(MemoryDatabase database, Schedule schedule, TransactionTemplate batch) {
      return new MemoryOrders(database, schedule, batch);
    }

    MemoryPayments payments(MemoryDatabase database, Schedule schedule) {
      return new MemoryPayments(database, schedule);
    }

    Gateway gateway(MemoryCompany company) {
      return company;
    }

    TransactionTemplate transaction(MemoryDatabase database) {
      return new TransactionTemplate(database);
    }
  }

  final Set<String> seen = new TreeSet<>();
  final Schedule schedule;
  private final MemoryOrders orders;
  private final MemoryPayments payments;
  private final MemoryCompany company;
  private final Gateway gateway;
  private final Starting starting;
  private final Settling settling;
  private final Refunding refunding;
  private final List<Schedule.Actor> buyers = new ArrayList<>();
  private final Set<OrderId> everPaid = new HashSet<>();
  private int ids;
  private boolean over;

  Race(long seed, Parts parts) {
    schedule = new Schedule(seed);
    var database = new MemoryDatabase(schedule, this::committed);
    orders = parts.orders(database, schedule, new TransactionTemplate(database));
    payments = parts.payments(database, schedule);
    company = new MemoryCompany(schedule);
    gateway = parts.gateway(company);
    var transaction = parts.transaction(database);
    var limits = PaymentLimits.STANDARD;
    var gateways = new Gateways(List.of(gateway));
    var addresses = new ReturnAddresses(URI.create("http://shop.example"));
    starting =
        new Starting(
            payments, gateways, orders, addresses, this::id, () -> id().toString(), transaction);
    var verdicts = new Verdicts(payments, payments, orders, this::id, limits, transaction);
    settling = new Settling(payments, payments, gateways, orders, verdicts, limits, transaction);
    refunding =
        new Refunding(
            payments,
            (payment, refund, there, why) -> {
              throw new IllegalStateException("nothing is refused here: " + why);
            },
            payments,
            limits);
  }

  private UUID id() {
    return new UUID(1, ids++);
  }

  /** Lives its life; throws the first thing that went against a promise. */
  void run() {
    schedule.at(0, "open", this::open);
    schedule.run();
    settled();
  }

  private boolean chance(int oneIn) {
    return schedule.random.nextInt(oneIn) == 0;
  }

  private long around(long moment, int millis) {
    return moment - millis + schedule.random.nextInt(2 * millis + 1);
  }

  private void open() {
    orders.open(1 + (chance(4) ? 1 : 0));
    var buyer = new AccountId(id());
    var order = new OrderId(id());
    if (!orders.hold(order, buyer, PRICE, DEADLINE)) {
      throw new IllegalStateException("nothing to hold");
    }
    for (int i = chance(3) ? 2 : 1; i > 0; i--) {
      comeBack(agreed(order, buyer));
    }
    for (int i = 1 + schedule.random.nextInt(2); i > 0; i--) {
      schedule.at(DEADLINE - LANDS_MILLIS - 10, "sweeper", this::sweep);
    }
    buyers.add(schedule.at(around(DEADLINE, LANDS_MILLIS) - 10, "rival", this::rival));
    for (int i = 1 + schedule.random.nextInt(2); i > 0; i--) {
      schedule.at(schedule.random.nextInt(250), "reconciler", this::reconcile);
    }
  }

  private Payment agreed(OrderId order, AccountId buyer) {
    var started = (Starting.Outcome.Started) starting.start(order, buyer, MemoryCompany.NAME);
    company.agree(started.payment());
    return payments.find(started.payment()).orElseThrow();
  }

  /** Either the return or what the company does of it falls into the narrow time. */
  private void comeBack(Payment payment) {
    var lands = around(DEADLINE, LANDS_MILLIS);
    var returns = chance(2) ? lands : lands - schedule.random.nextInt(900);
    company.land(payment.id(), lands);
    var tab = tab(returns, payment);
    if (chance(4)) {
      tab(returns + schedule.random.nextInt(20), payment);
    }
    if (chance(3)) {
      tab(returns + schedule.random.nextInt(15_000), payment);
    }
    if (chance(6)) {
      buyers.add(
          schedule.at(
              returns + schedule.random.nextInt(10),
              "turn back",
              () -> settling.turnedBack(payment.token(), Reason.CANCELLED)));
    }
    if (chance(5)) {
      schedule.at(
          returns + schedule.random.nextInt(30),
          "crash",
          () -> {
            tab.halt();
            seen.add("a crash while coming back");
          });
    }
  }

  private Schedule.Actor tab(long at, Payment payment) {
    var tab =
        schedule.at(at, "tab", () -> settling.returned(payment.token(), Map.of("proof", "agreed")));
    buyers.add(tab);
    return tab;
  }

  private void rival() {
    var buyer = new AccountId(id());
    while (schedule.millis() < RIVAL_LEAVES) {
      var order = new OrderId(id());
      if (orders.hold(order, buyer, PRICE, schedule.millis() + 600_000)) {
        seen.add("the rival holds a piece");
        if (chance(2)) {
          var payment = agreed(order, buyer);
          settling.returned(payment.token(), Map.of("proof", "agreed"));
        }
        return;
      }
      schedule.sleepUntil(schedule.millis() + 1 + schedule.random.nextInt(40));
    }
  }

  private void sweep() {
    while (!isOver()) {
      orders.sweep();
      var pause =
          schedule.millis() < DEADLINE + 300
              ? schedule.random.nextInt(25)
              : schedule.millis() < RIVAL_LEAVES ? 200 : 2_000;
      schedule.sleepUntil(schedule.millis() + 1 + pause);
    }
  }

  /** What the reconciler does with each payment that it has taken. */
  private void reconcile() {
    while (!isOver()) {
      var lease = gateway.answersWithin().multipliedBy(2);
      for (var payment : payments.takeDue(gateway.name(), 16, lease)) {
        if (chance(30)) {
          seen.add("a crash while reconciling");
          schedule.at(schedule.millis() + 500, "reconciler", this::reconcile);
          throw new Schedule.Halted();
        }
        var heard =
            payment.state() == State.REFUNDING
                ? refunding.carryOut(payment, gateway)
                : settling.ask(payment, gateway);
        seen.add(heard ? "an answer" : "no answer");
      }
      var pause = schedule.millis() < DEADLINE + 20_000 ? 250 : 2_000;
      schedule.sleepUntil(schedule.millis() + pause);
    }
  }

  private boolean isOver() {
    if (schedule.millis() > SETTLED_BY) {
      throw new AssertionError("not settled: " + payments.committed());
    }
    if (!over) {
      over =
          buyers.stream().allMatch(Schedule.Actor::isOver)
              && !company.isWorking()
              && payments.committed().stream().allMatch(row -> row.askAt() == null)
              && orders.committed().stream().noneMatch(this::isDue);
    }
    return over;
  }

  private boolean isDue(MemoryOrders.Row order) {
    return order.state() == Order.State.PENDING && order.heldUntil() <= schedule.millis();
  }

  /** What must be so at every moment. */
  private void committed() {
    var all = orders.committed();
    if (all.isEmpty()) {
      return;
    }
    var stock = orders.stock();
    long held = all.stream().filter(MemoryOrders.Row::isHolding).count();
    expect(stock.taken() == held, "taken " + stock.taken() + ", held " + held);
    expect(stock.taken() <= stock.capacity(), "more is held than there is");
    for (var order : all) {
      var approved = count(order.id(), Set.of(State.APPROVED));
      var unanswered = count(order.id(), Set.of(State.APPROVING, State.UNKNOWN));
      var paid = order.state() == Order.State.PAID;
      expect(approved == (paid ? 1 : 0), order + " with " + approved + " payments");
      expect(unanswered == (order.state() == Order.State.PAYING ? 1 : 0), order + " is paying");
      expect(paid || !everPaid.contains(order.id()), order + " was paid");
      if (paid) {
        everPaid.add(order.id());
      }
    }
  }

  private long count(OrderId order, Set<State> states) {
    return payments.committed().stream()
        .map(MemoryPayments.Row::payment)
        .filter(payment -> payment.order().equals(order) && states.contains(payment.state()))
        .count();
  }

  /** What must be so in the end. */
  private void settled() {
    for (var row : payments.committed()) {
      check(row.payment());
    }
    expect(
        orders.committed().stream().noneMatch(row -> row.state() == Order.State.PAYING),
        "an order is PAYING for ever");
  }

  private void check(Payment payment) {
    var there = company.accounts().get(payment.id());
    var captured = there == null ? 0 : there.captured();
    var cancelled = there == null ? 0 : there.cancelled();
    expect(captured == payment.captured().amount(), payment + ", but captured " + captured);
    expect(cancelled == payment.refunded().amount(), payment + ", but cancelled " + cancelled);
    var order =
        orders.committed().stream().filter(row -> row.id().equals(payment.order())).findFirst();
    var state = order.orElseThrow().state();
    switch (payment.state()) {
      case APPROVED ->
          expect(
              state == Order.State.PAID && payment.captured().equals(payment.amount()),
              payment + ", but the order is " + state);
      case REFUNDED ->
          expect(payment.refunded().equals(payment.captured()), payment + " keeps money");
      case FAILED, READY -> expect(captured == 0, payment + " has money");
      case APPROVING, UNKNOWN, REFUNDING -> expect(false, payment + " is not settled");
    }
    seen.add(payment.state() + " because " + payment.reason() + ", order " + state);
  }

  private static void expect(boolean so, String otherwise) {
    if (!so) {
      throw new AssertionError(otherwise);
    }
  }
}
