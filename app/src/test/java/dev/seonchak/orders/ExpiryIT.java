package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.drops.Drop;
import dev.seonchak.engine.Reason;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deadlines, on two nodes that both look for due orders all the time. */
class ExpiryIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static Shop shop;
  private static Shop.Node one;
  private static Shop.Node two;

  @BeforeAll
  static void open() {
    shop = new Shop();
    one = shop.node();
    two = shop.node();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @AfterEach
  void check() {
    shop.check();
  }

  @Test
  void expiresHoldsOnceWithinASecondOfTheirDeadline() throws Exception {
    Drop drop = shop.drop(one, 50);
    List<OrderId> orders = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      orders.add(hold(drop, Shop.person()));
    }
    // Spread over seconds, so that one pause of a busy machine does not meet the most of them.
    for (int i = 0; i < 50; i++) {
      shop.dueIn(orders.get(i), 500 + 100 * i);
    }
    await()
        .atMost(SOON)
        .until(() -> orders.stream().allMatch(order -> shop.state(order).equals("EXPIRED")));
    assertThat(
            shop.jdbc
                .sql(
                    """
                    select count(*) from order_history h join orders o on o.id = h.order_id
                     where o.drop_id = :drop and h.what = 'EXPIRED' and h.at >= o.held_until
                    """)
                .param("drop", drop.id().value())
                .query(Long.class)
                .single())
        .isEqualTo(50);
    assertThat(
            shop.jdbc
                .sql(
                    """
                    select percentile_disc(0.5) within group (order by h.at - o.held_until)
                             < interval '1 second'
                      from order_history h join orders o on o.id = h.order_id
                     where o.drop_id = :drop
                    """)
                .param("drop", drop.id().value())
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(
            shop.jdbc
                .sql(
                    "select count(*) from outbox where type = 'OrderExpired' and aggregate_id = any(:ids)")
                .param("ids", orders.stream().map(OrderId::value).toArray(java.util.UUID[]::new))
                .query(Long.class)
                .single())
        .isEqualTo(50);
    assertThat(two.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 50)))
        .isInstanceOf(Placed.Held.class);
  }

  @Test
  void neitherPaysNorExpiresTwiceAtTheDeadline() throws Exception {
    Drop drop = shop.drop(one, 100);
    List<OrderId> orders = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      OrderId order = hold(drop, Shop.person());
      orders.add(order);
      shop.dueIn(order, 300 + 10 * i);
    }
    List<Paying.Begun> begun = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      OrderId order = orders.get(i);
      begun.add(shop.transactions.execute(status -> one.paying().begin(order)));
      if (begun.getLast() == Paying.Begun.PAYING) {
        shop.inTransaction(() -> two.paying().paid(order));
      }
    }
    await()
        .atMost(SOON)
        .until(() -> orders.stream().noneMatch(order -> shop.state(order).equals("PENDING")));
    for (int i = 0; i < 40; i++) {
      assertThat(shop.state(orders.get(i)))
          .isEqualTo(begun.get(i) == Paying.Begun.PAYING ? "PAID" : "EXPIRED");
    }
  }

  @Test
  void leavesAnOrderAloneWhileItIsPaidAndExpiresItAfterANo() throws Exception {
    Drop drop = shop.drop(one, 1);
    AccountId buyer = Shop.person();
    OrderId order = hold(drop, buyer);
    shop.inTransaction(() -> assertThat(one.paying().begin(order)).isEqualTo(Paying.Begun.PAYING));
    shop.dueIn(order, -5_000);
    assertThat(two.changing().cancel(order, buyer))
        .isEqualTo(new Changing.Cancelled.PaymentInProgress());
    OrderId witness = hold(shop.drop(one, 1), Shop.person());
    shop.dueIn(witness, -1);
    await().atMost(SOON).until(() -> shop.state(witness).equals("EXPIRED"));
    assertThat(shop.state(order)).isEqualTo("PAYING");
    shop.inTransaction(() -> one.paying().notPaid(order));
    await().atMost(SOON).until(() -> shop.state(order).equals("EXPIRED"));
    assertThat(two.changing().cancel(order, buyer))
        .isEqualTo(new Changing.Cancelled.Not(Order.State.EXPIRED));
  }

  @Test
  void letsNobodyWaitForAnOrderThatCannotBeExpired() throws Exception {
    Drop drop = shop.drop(one, 2);
    OrderId stuck = hold(drop, Shop.person());
    OrderId other = hold(drop, Shop.person());
    sql(
        "alter table orders add constraint stuck check (id <> '%s' or state <> 'EXPIRED') not valid"
            .formatted(stuck.value()));
    // As if one look could take no more than this.
    sql("update deadlines set claims = 1000000");
    shop.dueIn(stuck, -5_000);
    shop.dueIn(other, -1);
    await().atMost(SOON).until(() -> shop.state(other).equals("EXPIRED"));
    assertThat(shop.state(stuck)).isEqualTo("PENDING");
    sql("alter table orders drop constraint stuck");
    await().atMost(SOON).until(() -> shop.state(stuck).equals("EXPIRED"));
  }

  @Test
  void coversOnlyWhoIsLeftOnceTheOthersOfADeadlineAreGone() throws Exception {
    Drop drop = shop.drop(one, 40);
    List<OrderId> orders = new ArrayList<>();
    for (Placed placed :
        Shop.atOnce(
            40, i -> () -> one.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)))) {
      orders.add(((Placed.Held) placed).id());
    }
    OrderId paying = orders.removeFirst();
    shop.inTransaction(() -> assertThat(one.paying().begin(paying)).isEqualTo(Paying.Begun.PAYING));
    sql(
        "update orders set held_until = now() - interval '1 s' where drop_id = '%s'"
            .formatted(drop.id().value()));
    sql(
        "update deadlines set at = now() where '%s' = any(pools)"
            .formatted(drop.items().getFirst().id().value()));
    await()
        .atMost(SOON)
        .until(() -> orders.stream().allMatch(order -> shop.state(order).equals("EXPIRED")));
    await().atMost(SOON).until(() -> covered(drop).equals(List.of(1)));
    shop.inTransaction(() -> one.paying().notPaid(paying));
    await().atMost(SOON).until(() -> shop.state(paying).equals("EXPIRED"));
    await().atMost(SOON).until(() -> covered(drop).isEmpty());
  }

  private static List<Integer> covered(Drop drop) {
    return shop.jdbc
        .sql("select claims from deadlines where :item = any(pools)")
        .param("item", drop.items().getFirst().id().value())
        .query(Integer.class)
        .list();
  }

  private static void sql(String statement) {
    shop.jdbc.sql(statement).update();
  }

  @Test
  void takesAgainWhatIsStillThereForWhoCameBackLate() throws Exception {
    Drop drop = shop.drop(one, 2);
    OrderId late = hold(drop, Shop.person());
    OrderId later = hold(drop, Shop.person());
    shop.dueIn(late, -1);
    shop.dueIn(later, -1);
    await()
        .atMost(SOON)
        .until(() -> shop.state(late).equals("EXPIRED") && shop.state(later).equals("EXPIRED"));
    assertThat(one.paying().holdAgain(late, Paying.Late.BACK)).isTrue();
    assertThat(shop.state(late)).isEqualTo("PENDING");
    assertThat(one.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)))
        .isInstanceOf(Placed.Held.class);
    assertThat(two.paying().holdAgain(later, Paying.Late.BACK)).isFalse();
    assertThat(shop.state(later)).isEqualTo("EXPIRED");
    shop.inTransaction(() -> {
      assertThat(one.paying().begin(late)).isEqualTo(Paying.Begun.PAYING);
      one.paying().paid(late);
    });
    assertThat(shop.state(late)).isEqualTo("PAID");
  }

  @Test
  void holdsAgainOnceForWhoOnlyComesBackAndAlwaysForMoney() throws Exception {
    Drop drop = shop.drop(one, 3);
    OrderId keptOnce = hold(drop, Shop.person());
    // Long enough overdue for a sweeper; a lock keeps it away, as a slow one would be.
    shop.inTransaction(() -> {
      one.paying().lock(keptOnce);
      shop.dueIn(keptOnce, -1);
    });
    OrderId takenOnce = hold(drop, Shop.person());
    shop.dueIn(takenOnce, -1);
    await().atMost(SOON).until(() -> shop.state(takenOnce).equals("EXPIRED"));
    for (OrderId order : List.of(keptOnce, takenOnce)) {
      assertThat(one.paying().holdAgain(order, Paying.Late.BACK)).isTrue();
      shop.dueIn(order, -1);
      assertThat(two.paying().holdAgain(order, Paying.Late.BACK)).as("a second grace").isFalse();
      await().atMost(SOON).until(() -> shop.state(order).equals("EXPIRED"));
      assertThat(two.paying().holdAgain(order, Paying.Late.BACK)).as("taken again").isFalse();
      assertThat(two.paying().holdAgain(order, Paying.Late.CAPTURED)).as("money").isTrue();
      assertThat(shop.state(order)).isEqualTo("PENDING");
    }
  }

  @Test
  void refusesWhoLetTwoHoldsExpire() throws Exception {
    Drop drop = shop.drop(one, 10);
    AccountId hoarder = Shop.person();
    for (int i = 0; i < 2; i++) {
      OrderId order = hold(drop, hoarder);
      shop.dueIn(order, -1);
      await().atMost(SOON).until(() -> shop.state(order).equals("EXPIRED"));
    }
    for (Shop.Node node : List.of(one, two)) {
      assertThat(node.place(drop, hoarder, Shop.key(), Shop.wish(drop, 1)))
          .isEqualTo(new Placed.Refused(Reason.TOO_MANY_UNPAID, drop.items().getFirst().id()));
    }
    assertThat(one.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)))
        .isInstanceOf(Placed.Held.class);
    Drop other = shop.drop(one, 1);
    assertThat(one.place(other, hoarder, Shop.key(), Shop.wish(other, 1)))
        .isInstanceOf(Placed.Held.class);
  }

  private static OrderId hold(Drop drop, AccountId buyer) throws InterruptedException {
    Placed placed = one.place(drop, buyer, Shop.key(), Shop.wish(drop, 1));
    assertThat(placed).isInstanceOf(Placed.Held.class);
    return ((Placed.Held) placed).id();
  }
}
