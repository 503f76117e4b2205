package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.drops.Drop;
import dev.seonchak.engine.Reason;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.OrderId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holding stock while everybody comes at once, on two nodes with one database. */
class HoldIT {
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
  void sellsOnePieceToOneOfTwoBuyers() throws Exception {
    for (int round = 0; round < 20; round++) {
      Drop drop = shop.drop(one, 1);
      List<Placed> answers =
          Shop.atOnce(
              2, i -> () -> node(i).place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)));
      assertThat(held(answers)).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> !(answer instanceof Placed.Held))
          .containsExactly(new Placed.Refused(Reason.SOLD_OUT, drop.items().getFirst().id()));
    }
  }

  @Test
  void takesOneHundredFromOneThousand() throws Exception {
    Drop drop = shop.drop(one, 1000);
    List<Placed> answers =
        Shop.atOnce(
            100, i -> () -> node(i).place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)));
    assertThat(held(answers)).hasSize(100);
    Set<Long> sequences = new HashSet<>();
    held(answers).forEach(held -> sequences.add(held.lines().getFirst().sequence()));
    assertThat(sequences).hasSize(100).allMatch(sequence -> sequence >= 1 && sequence <= 100);
    assertThat(free(drop, 0)).isEqualTo(900);
  }

  @Test
  void sellsCrossedOrdersWithoutDeadlock() throws Exception {
    Drop drop = shop.drop(one, 300, 300);
    ItemId a = drop.items().get(0).id();
    ItemId b = drop.items().get(1).id();
    List<Placed> answers =
        Shop.atOnce(
            500,
            i ->
                () ->
                    node(i)
                        .place(
                            drop,
                            Shop.person(),
                            Shop.key(),
                            i % 2 < 1 ? Shop.wish(a, b) : Shop.wish(b, a)));
    assertThat(held(answers)).hasSize(300);
    assertThat(answers)
        .filteredOn(answer -> !(answer instanceof Placed.Held))
        .allMatch(answer -> answer instanceof Placed.Refused r && r.reason() == Reason.SOLD_OUT);
    assertThat(free(drop, 0)).isZero();
    assertThat(free(drop, 1)).isZero();
  }

  @Test
  void keepsThePersonsLimitOnTwoNodes() throws Exception {
    Drop drop = shop.drop(one, 39_000, Drop.Kind.GOODS, 2, 1000);
    AccountId buyer = Shop.person();
    List<Placed> answers =
        Shop.atOnce(200, i -> () -> node(i).place(drop, buyer, Shop.key(), Shop.wish(drop, 1)));
    assertThat(held(answers)).hasSize(2);
    assertThat(answers)
        .filteredOn(answer -> !(answer instanceof Placed.Held))
        .containsOnly(new Placed.Refused(Reason.LIMIT_REACHED, drop.items().getFirst().id()));
  }

  @Test
  void answersOneKeyOneHundredTimesAlike() throws Exception {
    Drop drop = shop.drop(one, 1000);
    AccountId buyer = Shop.person();
    String key = Shop.key();
    List<Placed> answers =
        Shop.atOnce(100, i -> () -> node(i).place(drop, buyer, key, Shop.wish(drop, 2)));
    assertThat(new HashSet<>(answers)).hasSize(1);
    assertThat(held(answers)).hasSize(100);
    assertThat(free(drop, 0)).isEqualTo(998);
  }

  @Test
  void findsAnEarlierSuccessAfterSoldOutOnAnotherNode() throws Exception {
    Drop drop = shop.drop(one, 3);
    AccountId buyer = Shop.person();
    String key = Shop.key();
    Placed first = one.place(drop, buyer, key, Shop.wish(drop, 1));
    assertThat(one.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 2)))
        .isInstanceOf(Placed.Held.class);
    for (int i = 0; i < 50; i++) {
      assertThat(two.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)))
          .isInstanceOf(Placed.Refused.class);
    }
    assertThat(two.place(drop, buyer, key, Shop.wish(drop, 1))).isEqualTo(first);
    assertThat(one.place(drop, buyer, key, Shop.wish(drop, 1))).isEqualTo(first);
  }

  @Test
  void tellsAnotherRequestUnderTheSameKey() throws Exception {
    Drop drop = shop.drop(one, 10, 10);
    Drop other = shop.drop(one, 10);
    AccountId buyer = Shop.person();
    String key = Shop.key();
    assertThat(one.place(drop, buyer, key, Shop.wish(drop, 1))).isInstanceOf(Placed.Held.class);
    assertThat(one.place(drop, buyer, key, Shop.wish(drop, 2))).isEqualTo(new Placed.KeyReused());
    assertThat(two.place(drop, buyer, key, Shop.wish(drop, 0, 1)))
        .isEqualTo(new Placed.KeyReused());
    // A key belongs to its drop.
    Placed elsewhere = two.place(other, buyer, key, Shop.wish(other, 1));
    assertThat(elsewhere).isInstanceOf(Placed.Held.class);
    assertThat(one.place(other, buyer, key, Shop.wish(other, 1))).isEqualTo(elsewhere);
    // A key belongs to its buyer.
    assertThat(one.place(drop, Shop.person(), key, Shop.wish(drop, 1)))
        .isInstanceOf(Placed.Held.class);
  }

  @Test
  void letsOneOfTwoOrdersUnderOneKeyWinOnTwoNodes() throws Exception {
    for (int round = 0; round < 20; round++) {
      Drop drop = shop.drop(one, 10, 10);
      AccountId buyer = Shop.person();
      String key = Shop.key();
      List<Placed> answers =
          Shop.atOnce(
              2,
              i ->
                  () ->
                      node(i)
                          .place(
                              drop,
                              buyer,
                              key,
                              i == 0 ? Shop.wish(drop, 1) : Shop.wish(drop, 0, 1)));
      assertThat(held(answers)).hasSize(1);
      assertThat(answers).contains(new Placed.KeyReused());
    }
  }

  @Test
  void takesAllLinesOrNone() throws Exception {
    Drop drop = shop.drop(one, 5, 0);
    assertThat(one.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1, 1)))
        .isEqualTo(new Placed.Refused(Reason.SOLD_OUT, drop.items().get(1).id()));
    assertThat(free(drop, 0)).isEqualTo(5);
  }

  @Test
  void showsReturnedStockAtOnceOnEveryNode() throws Exception {
    Drop drop = shop.drop(one, 1);
    AccountId buyer = Shop.person();
    OrderId order = heldBy(one.place(drop, buyer, Shop.key(), Shop.wish(drop, 1)));
    for (Shop.Node node : List.of(one, two)) {
      assertThat(node.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)))
          .isInstanceOf(Placed.Refused.class);
    }
    assertThat(one.changing().cancel(order, buyer)).isEqualTo(new Changing.Cancelled.Done());
    AccountId next = Shop.person();
    OrderId second = heldBy(two.place(drop, next, Shop.key(), Shop.wish(drop, 1)));
    assertThat(two.changing().cancel(second, next)).isEqualTo(new Changing.Cancelled.Done());
    assertThat(one.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)))
        .isInstanceOf(Placed.Held.class);
  }

  @Test
  void cancelsOnce() throws Exception {
    Drop drop = shop.drop(one, 5);
    AccountId buyer = Shop.person();
    String key = Shop.key();
    Placed placed = one.place(drop, buyer, key, Shop.wish(drop, 3));
    OrderId order = heldBy(placed);
    assertThat(one.changing().cancel(order, Shop.person()))
        .isEqualTo(new Changing.Cancelled.Unknown());
    List<Changing.Cancelled> answers =
        Shop.atOnce(20, i -> () -> node(i).changing().cancel(order, buyer));
    assertThat(answers).containsOnly(new Changing.Cancelled.Done());
    assertThat(free(drop, 0)).isEqualTo(5);
    assertThat(shop.state(order)).isEqualTo("CANCELLED");
    assertThat(events("OrderCancelled", order)).isEqualTo(1);
    // The key still tells what it made.
    assertThat(one.place(drop, buyer, key, Shop.wish(drop, 3))).isEqualTo(placed);
    assertThat(free(drop, 0)).isEqualTo(5);
  }

  static long free(Drop drop, int item) {
    return shop.jdbc
        .sql("select capacity - taken from pools where id = :id")
        .param("id", drop.items().get(item).id().value())
        .query(Long.class)
        .single();
  }

  private static long events(String type, OrderId order) {
    return shop.jdbc
        .sql("select count(*) from outbox where type = :type and aggregate_id = :id")
        .param("type", type)
        .param("id", order.value())
        .query(Long.class)
        .single();
  }

  private static Shop.Node node(int i) {
    return i % 2 == 0 ? one : two;
  }

  private static OrderId heldBy(Placed placed) {
    assertThat(placed).isInstanceOf(Placed.Held.class);
    return ((Placed.Held) placed).id();
  }

  private static List<Placed.Held> held(List<Placed> answers) {
    List<Placed.Held> held = new ArrayList<>();
    for (Placed answer : answers) {
      if (answer instanceof Placed.Held one) {
        held.add(one);
      }
    }
    return held;
  }
}
