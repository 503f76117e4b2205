package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.drops.Draft;
import dev.seonchak.drops.Drafts;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Selling;
import dev.seonchak.engine.Reason;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node that writes alone refuses by a look of a moment ago. */
class RefusedAtOnceIT {
  private static final int REFUSALS = 2_000;

  private Shop shop;
  private Shop.Node one;

  @BeforeEach
  void open() {
    shop = new Shop();
    one = shop.node();
  }

  @AfterEach
  void close() {
    shop.check();
    shop.close();
  }

  @Test
  void refusesManyByALook() throws Exception {
    Drop drop = soldOut();
    for (int i = 0; i < REFUSALS; i++) {
      refuse(drop);
    }
    assertThat(looks()).isPositive().isLessThan(REFUSALS);
  }

  @Test
  void looksForEachWhileAnotherNodeWrites() throws Exception {
    Drop drop = soldOut();
    Shop.Node two = shop.node();
    take(two, shop.drop(two, 1));
    long before = looks();
    for (int i = 0; i < 100; i++) {
      refuse(drop);
    }
    assertThat(looks() - before).isEqualTo(100);
  }

  @Test
  void sellsAtOnceWhatACancellationReturns() throws Exception {
    Drop drop = shop.drop(one, 1);
    for (int i = 0; i < 50; i++) {
      AccountId buyer = Shop.person();
      OrderId order = take(one, drop, buyer);
      refuse(drop);
      refuse(drop);
      assertThat(one.changing().cancel(order, buyer)).isEqualTo(new Changing.Cancelled.Done());
    }
  }

  @Test
  void sellsAtOnceWhatTheSellerAdds() throws Exception {
    Drop drop = soldOut();
    Item item = drop.items().getFirst();
    for (int capacity = 2; capacity < 50; capacity++) {
      refuse(drop);
      refuse(drop);
      Draft more =
          Drafts.of(Drafts.item(item.id().value(), "item 0", 39_000, capacity, Shop.LIMIT_MAX));
      assertThat(
              one.selling().edit(shop.seller, drop.id(), Drafts.holding(more, drop.kind(), null)))
          .isInstanceOf(Selling.Outcome.Done.class);
      take(one, drop);
    }
  }

  /** Whoever bought what came back, there, asks here with the same key. */
  @Test
  void answersAKeyOfAnotherNodeThatHasJustJoined() throws Exception {
    Drop drop = shop.drop(one, 1);
    AccountId first = Shop.person();
    OrderId order = take(one, drop, first);
    refuse(drop);
    Shop.Node two = shop.node();
    refuse(drop);
    assertThat(two.changing().cancel(order, first)).isEqualTo(new Changing.Cancelled.Done());
    AccountId buyer = Shop.person();
    String key = Shop.key();
    Placed there = two.place(drop, buyer, key, Shop.wish(drop, 1));
    assertThat(there).isInstanceOf(Placed.Held.class);
    assertThat(one.place(drop, buyer, key, Shop.wish(drop, 1))).isEqualTo(there);
  }

  private Drop soldOut() throws InterruptedException {
    Drop drop = shop.drop(one, 1);
    take(one, drop);
    return drop;
  }

  private static void take(Shop.Node node, Drop drop) throws InterruptedException {
    take(node, drop, Shop.person());
  }

  private static OrderId take(Shop.Node node, Drop drop, AccountId buyer)
      throws InterruptedException {
    Placed placed = node.place(drop, buyer, Shop.key(), Shop.wish(drop, 1));
    assertThat(placed).isInstanceOf(Placed.Held.class);
    return ((Placed.Held) placed).id();
  }

  private void refuse(Drop drop) throws InterruptedException {
    assertThat(one.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)))
        .isEqualTo(new Placed.Refused(Reason.SOLD_OUT, drop.items().getFirst().id()));
  }

  /** How often the first node has looked. */
  private long looks() {
    return shop.bean(MeterRegistry.class).get("seonchak.allocation.probe").timer().count();
  }
}
