package dev.seonchak.payments;

import dev.seonchak.engine.BatchState;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decider;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.Holder;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.HolderState;
import dev.seonchak.engine.Holding;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Limits;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome;
import dev.seonchak.engine.Pool;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request;
import dev.seonchak.engine.Window;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Paying;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Orders of one pool without a database: the same statements in the same order as the real ones,
 * and the engine's own decider in the batches.
 */
class MemoryOrders implements Paying {
  private static final Duration HOLD_AGAIN = Duration.ofMinutes(2);
  private static final PoolId POOL = new PoolId(new UUID(0, 1));
  private static final GroupId DROP = new GroupId(new UUID(0, 2));

  final MemoryDatabase database;
  final Schedule schedule;
  private final TransactionTemplate transaction;
  private final Decider decider = new Decider(Limits.DEFAULT);
  private final MemoryDatabase.Table<PoolId, Pool> pools;
  final MemoryDatabase.Table<OrderId, Row> orders;

  MemoryOrders(MemoryDatabase database, Schedule schedule, TransactionTemplate transaction) {
    this.database = database;
    this.schedule = schedule;
    this.transaction = transaction;
    pools = database.new Table<>();
    orders = database.new Table<>();
  }

  /**
   * An order of one line.
   *
   * @param heldUntil in milliseconds of the schedule
   * @param graced whether it was kept or taken again past its deadline before
   */
  record Row(
      OrderId id,
      AccountId buyer,
      Order.State state,
      Money amount,
      long heldUntil,
      Grant claim,
      boolean graced) {
    Row in(Order.State changed) {
      return new Row(id, buyer, changed, amount, heldUntil, claim, graced);
    }

    Row until(long changed) {
      return new Row(id, buyer, state, amount, changed, claim, true);
    }

    Row again(Grant changed, long until) {
      return new Row(id, buyer, Order.State.PENDING, amount, until, changed, true);
    }

    boolean isHolding() {
      return switch (state) {
        case PENDING, AWAITING_DEPOSIT, PAYING, PAID, CONFIRMED, SHIPPED, DELIVERED -> true;
        case CANCELLED, EXPIRED, REFUNDED -> false;
      };
    }
  }

  private record Holds(HolderId id) implements Holder {}

  /** What everybody sees. */
  List<Row> committed() {
    return orders.committed();
  }

  /** What everybody sees of the pool's counter. */
  Pool stock() {
    return pools.committed().getFirst();
  }

  void open(long capacity) {
    database.statement(() -> {
      var window = new Window(Instant.ofEpochMilli(-1), null);
      pools.insert(POOL, new Pool(POOL, DROP, capacity, 0, 1, window, Pool.NO_LIMIT));
      return true;
    });
  }

  /** Holds one piece for a new order; false when it is sold out. */
  boolean hold(OrderId id, AccountId buyer, Money amount, long heldUntil) {
    var outcome = batch(take(id, buyer, Duration.ofMillis(heldUntil - schedule.millis())), amount);
    return outcome instanceof Outcome.Granted;
  }

  private Request.Take take(OrderId id, AccountId buyer, Duration hold) {
    return new Request.Take(
        new ClaimantId(buyer.value()),
        new Key("order", id + " at " + schedule.millis()),
        0,
        DROP,
        List.of(new Line(POOL, 1)),
        hold,
        new Holds(new HolderId(id.value())));
  }

  /** What the sweeper does: looks without locking, and lets a batch decide. */
  void sweep() {
    var due =
        database.statement(() ->
            orders.all().stream()
                .filter(row ->
                    row.state() == Order.State.PENDING && row.heldUntil() <= schedule.millis())
                .toList());
    due.forEach(row -> batch(expiry(row), row.amount()));
  }

  private static Request.Release expiry(Row row) {
    return new Request.Release(new HolderId(row.id().value()), DROP, Set.of(POOL), Cause.EXPIRED);
  }

  /** One transaction of the allocation's writer: pools are locked first, then orders. */
  Outcome batch(Request request, Money amount) {
    return transaction.execute(status -> {
      var pool = database.statement(() -> pools.lock(POOL).orElseThrow());
      Map<HolderId, Holding> holdings = new HashMap<>();
      if (request instanceof Request.Release release) {
        var row = database.statement(() -> locked(release.holder()));
        holdings.put(release.holder(), holding(row));
      }
      var state =
          new BatchState(
              Instant.ofEpochMilli(schedule.millis()),
              Map.of(POOL, pool),
              Map.of(),
              Map.of(),
              Map.of(),
              holdings);
      var decision = decider.decide(state, List.of(request));
      if (!write(decision, amount)) {
        status.setRollbackOnly();
        return new Outcome.Rejected("the order is not expired any more");
      }
      return decision.outcomes().getFirst();
    });
  }

  Row locked(HolderId holder) {
    return orders.lock(new OrderId(holder.value())).orElseThrow();
  }

  Holding holding(Row row) {
    var state =
        switch (row.state()) {
          case PENDING, AWAITING_DEPOSIT -> HolderState.HELD;
          case PAYING -> HolderState.BUSY;
          case PAID, CONFIRMED, SHIPPED, DELIVERED -> HolderState.CONFIRMED;
          case CANCELLED -> HolderState.RELEASED;
          case EXPIRED -> HolderState.EXPIRED;
          case REFUNDED -> HolderState.RETURNED;
        };
    return new Holding(
        new ClaimantId(row.buyer().value()),
        state,
        Instant.ofEpochMilli(row.heldUntil()),
        List.of(row.claim()));
  }

  private boolean write(Decision decision, Money amount) {
    for (var taken : decision.takes()) {
      if (!database.statement(() -> insert(taken, amount))) {
        return false;
      }
    }
    for (var resolved : decision.releases()) {
      var id = new OrderId(resolved.request().holder().value());
      database.statement(() -> orders.update(id, any -> true, row -> row.in(Order.State.EXPIRED)));
    }
    for (var change : decision.pools()) {
      database.statement(
          () -> pools.update(change.pool(), any -> true, pool -> counted(pool, change)));
    }
    return true;
  }

  private boolean insert(Decision.Taken taken, Money amount) {
    var id = new OrderId(taken.granted().holder().value());
    var claim = taken.granted().grants().getFirst();
    var until = taken.granted().deadline().toEpochMilli();
    if (orders.read(id).isPresent()) {
      return orders.update(
          id, row -> row.state() == Order.State.EXPIRED, row -> row.again(claim, until));
    }
    var buyer = new AccountId(taken.take().claimant().value());
    orders.insert(id, new Row(id, buyer, Order.State.PENDING, amount, until, claim, false));
    return true;
  }

  private static Pool counted(Pool pool, Decision.PoolChange change) {
    return new Pool(
        pool.id(),
        pool.group(),
        pool.capacity(),
        pool.taken() + change.takenDelta(),
        pool.nextSequence() + change.sequenceDelta(),
        pool.window(),
        pool.limitPerClaimant());
  }

  @Override
  public Payable payable(OrderId order, AccountId buyer) {
    return database.statement(() ->
        orders
            .read(order)
            .<Payable>map(row ->
                row.state() == Order.State.PENDING && row.heldUntil() > schedule.millis()
                    ? new Payable.Yes(order, buyer, row.amount(), "A lamp", 1)
                    : new Payable.Not(row.state()))
            .orElseGet(Payable.Unknown::new));
  }

  @Override
  public Order.State lock(OrderId order) {
    return database.statement(() -> orders.lock(order).orElseThrow().state());
  }

  @Override
  public Begun begin(OrderId order) {
    if (database.statement(
        () ->
            orders.update(
                order,
                row -> row.state() == Order.State.PENDING && row.heldUntil() > schedule.millis(),
                row -> row.in(Order.State.PAYING)))) {
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
    move(order, Order.State.PAID);
  }

  @Override
  public void notPaid(OrderId order) {
    requirePaying(order);
    move(order, Order.State.PENDING);
  }

  private void requirePaying(OrderId order) {
    var state = lock(order);
    if (state != Order.State.PAYING) {
      throw new IllegalStateException("order " + order + " is " + state + ", not PAYING");
    }
  }

  void move(OrderId order, Order.State to) {
    database.statement(() -> orders.update(order, any -> true, row -> row.in(to)));
  }

  @Override
  public boolean holdAgain(OrderId order, Late why) {
    if (database.inTransaction()) {
      throw new IllegalStateException("a batch would wait for this transaction's locks");
    }
    var until = schedule.millis() + HOLD_AGAIN.toMillis();
    if (database.statement(
        () ->
            orders.update(
                order,
                row ->
                    row.state() == Order.State.PENDING && (why == Late.CAPTURED || !row.graced()),
                row -> row.until(Math.max(row.heldUntil(), until))))) {
      return true;
    }
    var row = database.statement(() -> orders.read(order).orElseThrow());
    return row.state() == Order.State.EXPIRED
        && (why == Late.CAPTURED || !row.graced())
        && batch(take(order, row.buyer(), HOLD_AGAIN), row.amount()) instanceof Outcome.Granted;
  }
}
