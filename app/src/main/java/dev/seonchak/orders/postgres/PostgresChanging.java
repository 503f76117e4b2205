package dev.seonchak.orders.postgres;

import dev.seonchak.drops.Drops;
import dev.seonchak.drops.Form;
import dev.seonchak.orders.AnswersJson;
import dev.seonchak.orders.Changing;
import dev.seonchak.orders.Happening.What;
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
  private final Cancelling cancelling;
  private final Drops drops;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresChanging(
      OrderReads reads,
      OrderWrites writes,
      PostgresPaying paying,
      Cancelling cancelling,
      Drops drops,
      JdbcClient jdbc,
      TransactionTemplate transactions) {
    this.reads = reads;
    this.writes = writes;
    this.paying = paying;
    this.cancelling = cancelling;
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
    Form form = drops.cached(found.get().drop()).orElseThrow().form();
    if (form.check(answers) instanceof Form.Check.Malformed(var reasons)) {
      return new Answered.Malformed(reasons);
    }
    return transactions.execute(status -> keep(found.get(), answers, form));
  }

  private Answered keep(Order order, Map<String, Object> answers, Form form) {
    Order.State state = writes.lock(order.id()).orElseThrow();
    if (state != Order.State.PENDING && state != Order.State.AWAITING_DEPOSIT) {
      return new Answered.Closed(state);
    }
    boolean complete = true;
    if (form.check(answers) instanceof Form.Check.Incomplete(var missing)) {
      complete = false;
      if (form.check(reads.one(order.id()).orElseThrow().answers())
          instanceof Form.Check.Complete) {
        return new Answered.Incomplete(missing);
      }
    }
    int changed =
        jdbc.sql(
                """
                update orders set answers = cast(:answers as text)
                 where id = :id and answers is distinct from cast(:answers as text)
                """)
            .param("answers", AnswersJson.write(answers))
            .param("id", order.id().value())
            .update();
    if (changed == 1) {
      writes.recordLatest(order.id(), What.ANSWERED, order.buyer());
    }
    if (complete && order.amount().equals(Money.ZERO) && state == Order.State.PENDING) {
      // Nothing is left to pay or to fill.
      paying.settle(order.id(), state);
    }
    return new Answered.Done(reads.one(order.id()).orElseThrow());
  }

  @Override
  public Cancelled cancel(OrderId id, AccountId buyer) throws InterruptedException {
    return cancelling.cancel(id, buyer);
  }
}
