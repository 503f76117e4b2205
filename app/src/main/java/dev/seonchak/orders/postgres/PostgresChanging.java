package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Allocator;
import dev.seonchak.drops.Drops;
import dev.seonchak.drops.Form;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.Obstacle;
import dev.seonchak.engine.Outcome;
import dev.seonchak.orders.AnswersJson;
import dev.seonchak.orders.Changing;
import dev.seonchak.orders.Order;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets buyers change their orders. Thread-safe. */
@Component
final class PostgresChanging implements Changing {
  private final OrderReads reads;
  private final OrderWrites writes;
  private final PostgresPaying paying;
  private final Allocator allocator;
  private final Drops drops;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresChanging(
      OrderReads reads,
      OrderWrites writes,
      PostgresPaying paying,
      Allocator allocator,
      Drops drops,
      JdbcClient jdbc,
      TransactionTemplate transactions) {
    this.reads = reads;
    this.writes = writes;
    this.paying = paying;
    this.allocator = allocator;
    this.drops = drops;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public Answered answer(OrderId id, AccountId buyer, Map<String, Object> answers) {
    Optional<Order> found = reads.one(id).filter(order -> order.buyer().equals(buyer));
    if (found.isEmpty()) {
      return new Answered.Unknown();
    }
    Form.Check check = drops.cached(found.get().drop()).orElseThrow().form().check(answers);
    if (check instanceof Form.Check.Malformed(var reasons)) {
      return new Answered.Malformed(reasons);
    }
    boolean complete = check instanceof Form.Check.Complete;
    return transactions.execute(status -> keep(found.get(), answers, complete));
  }

  private Answered keep(Order order, Map<String, Object> answers, boolean complete) {
    Order.State state = writes.lock(order.id()).orElseThrow();
    if (state != Order.State.PENDING && state != Order.State.AWAITING_DEPOSIT) {
      return new Answered.Closed(state);
    }
    jdbc.sql("update orders set answers = cast(:answers as jsonb) where id = :id")
        .param("answers", AnswersJson.write(answers))
        .param("id", order.id().value())
        .update();
    writes.record(order.id(), "ANSWERED", order.buyer());
    if (complete && order.amount().equals(Money.ZERO) && state == Order.State.PENDING) {
      // Nothing is left to pay or to fill.
      paying.settle(order.id(), state);
    }
    return new Answered.Done(reads.one(order.id()).orElseThrow());
  }

  @Override
  public Cancelled cancel(OrderId id, AccountId buyer) throws InterruptedException {
    Optional<Order> found = reads.one(id).filter(order -> order.buyer().equals(buyer));
    if (found.isEmpty()) {
      return new Cancelled.Unknown();
    }
    Order order = found.get();
    return switch (allocator.release(Releases.of(order, Cause.CANCELLED))) {
      case Outcome.Released released -> new Cancelled.Done();
      case Outcome.NotReleased(Obstacle why) -> notCancelled(why, order);
      case Outcome.Unanswered unanswered -> new Cancelled.TryAgain();
      case Outcome.Overloaded overloaded -> new Cancelled.TryAgain();
      case Outcome.Rejected(var message) ->
          throw new IllegalStateException("order " + id + " cannot be released: " + message);
      case Outcome.Granted granted -> throw new IllegalStateException("a release was granted");
      case Outcome.Repeated repeated -> throw new IllegalStateException("a release was granted");
      case Outcome.KeyReused reused -> throw new IllegalStateException("a release has no key");
      case Outcome.Refused refused -> throw new IllegalStateException("a release was refused");
    };
  }

  private Cancelled notCancelled(Obstacle why, Order order) {
    return switch (why) {
      case ALREADY_RELEASED -> new Cancelled.Done();
      case BUSY -> new Cancelled.PaymentInProgress();
      case ALREADY_EXPIRED -> new Cancelled.Not(Order.State.EXPIRED);
      case ALREADY_RETURNED -> new Cancelled.Not(Order.State.REFUNDED);
      case CONFIRMED -> new Cancelled.Not(reads.one(order.id()).orElseThrow().state());
      case UNKNOWN_HOLDER -> new Cancelled.Unknown();
      case NOT_CONFIRMED, NOT_DUE -> throw new IllegalStateException("cancelling has no " + why);
    };
  }
}
