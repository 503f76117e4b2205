package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.allocation.postgres.PostgresJournal;
import dev.seonchak.drops.Drop;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decider;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.Holder;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Journal;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Limits;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.orders.postgres.NewOrder;
import dev.seonchak.orders.postgres.OrderAgain;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches made by hand, in which takes and releases of every kind meet for certain. */
class MixedBatchIT {
  private final Decider decider = new Decider(Limits.DEFAULT);
  private Shop shop;
  private Drop drop;
  private PostgresJournal journal;

  @BeforeEach
  void open() {
    shop = new Shop();
    drop = shop.drop(shop.node(), 10_000, 10_000);
    journal = shop.bean(PostgresJournal.class);
  }

  @AfterEach
  void close() {
    shop.checkAndClose();
  }

  private PoolId pool(int item) {
    return new PoolId(drop.items().get(item).id().value());
  }

  private GroupId group() {
    return new GroupId(drop.id().value());
  }

  private Request.Take take(AccountId buyer, int items) {
    String key = Shop.key();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      lines.add(new Line(pool(i), 1 + i));
    }
    var order =
        new NewOrder(
            new HolderId(Shop.id()),
            drop.id(),
            BuyerKey.of(drop.id(), buyer, key),
            new Money(39_000),
            items == 1 ? null : "{\"size\":\"L\"}",
            false);
    return take(buyer, key, lines, order);
  }

  private Request.Take again(AccountId buyer, HolderId order) {
    var attempt = Shop.id();
    return take(
        buyer, attempt.toString(), List.of(new Line(pool(0), 1)), new OrderAgain(order, attempt));
  }

  private Request.Take take(AccountId buyer, String key, List<Line> lines, Holder holder) {
    return new Request.Take(
        new ClaimantId(buyer.value()),
        new Key(holder.getClass().getSimpleName(), key),
        0,
        group(),
        lines,
        Duration.ofMinutes(5),
        holder);
  }

  private Request.Release release(HolderId order, Cause cause) {
    return new Request.Release(order, group(), Set.of(pool(0), pool(1)), cause);
  }

  /** All of them get what they want. */
  private void commit(List<Request> batch) throws Exception {
    Decision decision =
        journal
            .transact(batch, state -> decider.decide(state, batch), Journal.Commit.DURABLE)
            .decision();
    for (int i = 0; i < batch.size(); i++) {
      Class<?> wanted =
          batch.get(i) instanceof Request.Take ? Outcome.Granted.class : Outcome.Released.class;
      assertThat(decision.outcomes().get(i)).isInstanceOf(wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 48, 150})
  void leaveTheRowsThatWereDecided(int count) throws Exception {
    List<AccountId> buyers = new ArrayList<>();
    List<HolderId> orders = new ArrayList<>();
    List<Request> first = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      buyers.add(Shop.person());
      Request.Take take = take(buyers.get(i), i % 3 == 0 ? 2 : 1);
      orders.add(take.holder().id());
      first.add(take);
    }
    commit(first);

    List<HolderId> seconds = new ArrayList<>();
    List<Request> second = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 3 == 0) {
        second.add(release(orders.get(i), Cause.CANCELLED));
      } else if (i % 3 == 1) {
        isDue(orders.get(i));
        second.add(release(orders.get(i), Cause.EXPIRED));
      }
      Request.Take comesAgain = take(buyers.get(i), 1);
      seconds.add(comesAgain.holder().id());
      second.add(comesAgain);
      second.add(take(Shop.person(), 2));
    }
    commit(second);
    shop.check();

    List<Request> third = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 3 == 1) {
        third.add(again(buyers.get(i), orders.get(i)));
      } else {
        third.add(release(seconds.get(i), Cause.CANCELLED));
        third.add(take(buyers.get(i), 2));
      }
    }
    commit(third);

    int thirds = count / 3;
    assertThat(ordersIn("CANCELLED")).isEqualTo(3L * thirds);
    assertThat(ordersIn("EXPIRED")).isZero();
    assertThat(ordersIn("PENDING")).isEqualTo(8L * thirds);
    assertThat(number("select sum(count) from lapses")).isEqualTo(thirds);
    assertThat(number("select count(*) from order_history")).isEqualTo(5L * thirds);
  }

  /** Without a deadline that the node would find, which may not be faster than the batch. */
  private void isDue(HolderId order) {
    shop.jdbc
        .sql("update orders set held_until = now() - interval '1 second' where id = :id")
        .param("id", order.value())
        .update();
  }

  private long ordersIn(String state) {
    return number("select count(*) from orders where state = '" + state + "'");
  }

  private long number(String sql) {
    return shop.jdbc.sql(sql).query(Long.class).single();
  }
}
