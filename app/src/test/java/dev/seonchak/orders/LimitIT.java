package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.drops.Drop;
import dev.seonchak.engine.Reason;
import dev.seonchak.orders.GivingBack.Ask;
import dev.seonchak.orders.Refund.Units;
import dev.seonchak.orders.Shop.Node;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts towards a limit per person, and where a buyer's orders are found again. */
class LimitIT {
  private static final int LIMIT = 4;

  private Shop shop;
  private Node one;
  private Node two;
  private Drop drop;
  private final AccountId buyer = Shop.person();

  @BeforeEach
  void open() {
    shop = new Shop();
    one = shop.node();
    two = shop.node();
    drop = shop.drop(one, 39_000, Drop.Kind.GOODS, LIMIT, 100, 100);
  }

  @AfterEach
  void close() {
    shop.checkAndClose();
  }

  private OrderId held(Node node, int... quantities) throws InterruptedException {
    Placed placed = node.place(drop, buyer, Shop.key(), Shop.wish(drop, quantities));
    assertThat(placed).isInstanceOf(Placed.Held.class);
    return ((Placed.Held) placed).id();
  }

  private OrderId paid(int... quantities) throws InterruptedException {
    return shop.paid(one, drop, buyer, quantities);
  }

  /** On the other node, so that nothing can be remembered. */
  private void assertLeft(int item, int units) throws InterruptedException {
    int[] quantities = new int[item + 1];
    quantities[item] = units + 1;
    assertThat(two.place(drop, buyer, Shop.key(), Shop.wish(drop, quantities)))
        .isEqualTo(new Placed.Refused(Reason.LIMIT_REACHED, drop.items().get(item).id()));
    if (units > 0) {
      quantities[item] = units;
      OrderId order = held(two, quantities);
      assertThat(two.changing().cancel(order, buyer)).isInstanceOf(Changing.Cancelled.Done.class);
    }
  }

  @Test
  void countsWhatIsHeldOfEachItemByItself() throws Exception {
    held(one, 1, 3);
    held(one, 2);
    assertLeft(0, 1);
    assertLeft(1, 1);
    AccountId other = Shop.person();
    assertThat(two.place(drop, other, Shop.key(), Shop.wish(drop, LIMIT)))
        .isInstanceOf(Placed.Held.class);
  }

  @Test
  void countsNothingThatWasGivenBackBeforeItWasPaid() throws Exception {
    OrderId cancelled = held(one, 4);
    assertThat(one.changing().cancel(cancelled, buyer)).isInstanceOf(Changing.Cancelled.Done.class);
    assertLeft(0, 4);
    OrderId expired = held(one, 4);
    shop.dueIn(expired, -1);
    await().atMost(Duration.ofSeconds(20)).until(() -> shop.state(expired).equals("EXPIRED"));
    assertLeft(0, 4);
    // Taken again it counts again, under the numbers that it has now.
    assertThat(one.paying().holdAgain(expired, Paying.Late.CAPTURED)).isTrue();
    assertLeft(0, 0);
  }

  @Test
  void countsWhatIsPaidUntilItGoesBackIntoThePool() throws Exception {
    OrderId order = paid(4);
    var giving = shop.bean(GivingBack.class);
    var unit = List.of(new Units(drop.items().getFirst().id(), 1));
    giving.refund(order, shop.seller, Shop.key(), new Ask(Money.ZERO, unit, true, null));
    assertLeft(0, 1);
    // Whose stock the seller keeps has had it.
    giving.refund(order, shop.seller, Shop.key(), new Ask(Money.ZERO, unit, false, null));
    assertLeft(0, 1);
    giving.refund(order, shop.seller, Shop.key(), new Ask(null, List.of(), true, null));
    assertThat(shop.state(order)).isEqualTo("REFUNDED");
    assertLeft(0, 3);
  }

  @Test
  void countsNothingOfOtherDrops() throws Exception {
    Drop other = shop.drop(one, 39_000, Drop.Kind.GOODS, LIMIT, 100);
    assertThat(one.place(other, buyer, Shop.key(), Shop.wish(other, LIMIT)))
        .isInstanceOf(Placed.Held.class);
    assertLeft(0, LIMIT);
  }

  /** In one batch: what was cancelled is no longer counted, but its key is still known. */
  @Test
  void answersTheKeysOfCancelledOrdersAsBefore() throws Exception {
    Map<String, Placed> before = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      String key = Shop.key();
      Placed placed = one.place(drop, buyer, key, Shop.wish(drop, 1));
      before.put(key, placed);
      OrderId order = ((Placed.Held) placed).id();
      assertThat(one.changing().cancel(order, buyer)).isInstanceOf(Changing.Cancelled.Done.class);
    }
    List<String> keys = List.copyOf(before.keySet());
    List<Placed> answers =
        Shop.atOnce(
            40,
            i ->
                () ->
                    (i % 3 == 0 ? one : two)
                        .place(
                            drop,
                            buyer,
                            i < keys.size() ? keys.get(i) : Shop.key(),
                            Shop.wish(drop, 1)));
    assertThat(answers.subList(0, keys.size())).isEqualTo(List.copyOf(before.values()));
    assertThat(answers.subList(keys.size(), 40))
        .filteredOn(Placed.Held.class::isInstance)
        .hasSize(LIMIT);
    assertLeft(0, 0);
  }

  /** Nobody's orders are counted again and again. */
  @Test
  void keepsATallyForWhoOftenCameEvenWhenNothingIsTaken() throws Exception {
    Drop wide = shop.drop(one, 100, 100);
    assertThat(one.place(wide, buyer, Shop.key(), Shop.wish(wide, 0, 3)))
        .isInstanceOf(Placed.Held.class);
    for (int i = 0; i < 17; i++) {
      assertThat(one.place(wide, buyer, Shop.key(), Shop.wish(wide, 1)))
          .isInstanceOf(Placed.Held.class);
    }
    assertThat(tallied(wide, 0)).containsExactly(17);
    assertThat(tallied(wide, 1)).isEmpty();
    assertThat(two.place(wide, buyer, Shop.key(), Shop.wish(wide, 0, 101)))
        .isEqualTo(new Placed.Refused(Reason.SOLD_OUT, wide.items().get(1).id()));
    assertThat(tallied(wide, 1)).containsExactly(3);
    assertThat(two.place(wide, buyer, Shop.key(), Shop.wish(wide, 0, 2)))
        .isInstanceOf(Placed.Held.class);
    assertThat(tallied(wide, 1)).containsExactly(5);
    // Who comes once has none.
    AccountId other = Shop.person();
    assertThat(one.place(wide, other, Shop.key(), Shop.wish(wide, 1)))
        .isInstanceOf(Placed.Held.class);
    assertThat(tallied(wide, 0)).containsExactly(17);
  }

  /** Of who is new in an item nobody looks for a tally, so there must be none. */
  @Test
  void keepsNoTallyOfAnItemForWhoNeverHadAnyOfIt() throws Exception {
    Drop wide = shop.drop(one, 39_000, Drop.Kind.GOODS, 30, 100, 100);
    for (int i = 0; i < 20; i++) {
      assertThat(one.place(wide, buyer, Shop.key(), Shop.wish(wide, 1)))
          .isInstanceOf(Placed.Held.class);
    }
    for (Node node : List.of(one, two, one, two)) {
      assertThat(node.place(wide, buyer, Shop.key(), Shop.wish(wide, 0, 31)))
          .isEqualTo(new Placed.Refused(Reason.LIMIT_REACHED, wide.items().get(1).id()));
      assertThat(tallied(wide, 1)).isEmpty();
    }
    assertThat(one.place(wide, buyer, Shop.key(), Shop.wish(wide, 0, 30)))
        .isInstanceOf(Placed.Held.class);
    assertThat(two.place(wide, buyer, Shop.key(), Shop.wish(wide, 0, 1)))
        .isEqualTo(new Placed.Refused(Reason.LIMIT_REACHED, wide.items().get(1).id()));
  }

  private List<Integer> tallied(Drop of, int item) {
    return shop.jdbc
        .sql("select units from tallies where pool_id = :pool")
        .param("pool", of.items().get(item).id().value())
        .query(Integer.class)
        .list();
  }

  /** People whose ids end alike are looked for at the same place. */
  @Test
  void countsNothingOfOtherPeople() throws Exception {
    var twin =
        new AccountId(
            new UUID(Shop.id().getMostSignificantBits(), buyer.value().getLeastSignificantBits()));
    assertThat(one.place(drop, twin, Shop.key(), Shop.wish(drop, LIMIT)))
        .isInstanceOf(Placed.Held.class);
    assertLeft(0, LIMIT);
    assertThat(one.orders().ofBuyer(twin, null).items()).hasSize(1);
  }

  /** Drops are made over months, and a buyer's orders lie at a place for each time. */
  @Test
  void listsWhatABuyerOrderedInDropsOfAllTimes() throws Exception {
    List<OrderId> newestFirst = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      newestFirst.addFirst(held(one, 1));
      OrderId order = newestFirst.getFirst();
      assertThat(one.changing().cancel(order, buyer)).isInstanceOf(Changing.Cancelled.Done.class);
      long madeMillis = System.currentTimeMillis() - i * 86_400_000L * 5;
      madeAt(
          order,
          new DropId(new UUID(madeMillis << 16 | 0x7000, Shop.id().getLeastSignificantBits())));
    }
    var first = one.orders().ofBuyer(buyer, null);
    assertThat(first.items()).extracting(Order::id).isEqualTo(newestFirst.subList(0, 50));
    var second = one.orders().ofBuyer(buyer, newestFirst.get(49));
    assertThat(second.items()).extracting(Order::id).isEqualTo(newestFirst.subList(50, 60));
    assertThat(second.next()).isNull();
    assertThat(one.orders().ofBuyer(Shop.person(), null).items()).isEmpty();
    for (String table : List.of("order_history", "claims", "tallies", "orders")) {
      shop.jdbc.sql("delete from " + table).update();
    }
    shop.jdbc.sql("update pools set taken = 0, next_sequence = 1").update();
    assertThat(one.orders().ofBuyer(buyer, null).items()).as("no orders at all").isEmpty();
  }

  /** Lets an order be of another drop, with the key that it would have there. */
  private void madeAt(OrderId order, DropId of) {
    shop.jdbc
        .sql("update orders set drop_id = :drop, buyer_key = :key where id = :id")
        .param("drop", of.value())
        .param("key", BuyerKey.of(of, buyer, Shop.key()).value())
        .param("id", order.value())
        .update();
  }
}
