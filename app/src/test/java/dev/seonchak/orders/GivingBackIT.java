package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.drops.Drop;
import dev.seonchak.events.Subscriber;
import dev.seonchak.orders.GivingBack.Ask;
import dev.seonchak.orders.GivingBack.Outcome;
import dev.seonchak.orders.Refund.Units;
import dev.seonchak.orders.Shop.Node;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Paid orders are given back while batches take from the same pools, without any money. */
class GivingBackIT {
  private Shop shop;
  private Node node;
  private GivingBack givingBack;

  @BeforeEach
  void open() {
    shop = new Shop();
    node = shop.node();
    givingBack = shop.bean(GivingBack.class);
  }

  @AfterEach
  void close() {
    shop.checkAndClose();
  }

  private OrderId paid(Drop drop, AccountId buyer, int... quantities) throws InterruptedException {
    return shop.paid(node, drop, buyer, quantities);
  }

  private Outcome refund(OrderId order, Ask ask) {
    return givingBack.refund(order, shop.seller, Shop.key(), ask);
  }

  @Test
  void givesBackInSoManyPartsAndThenOnlyAllThatIsLeft() throws Exception {
    int units = GivingBack.PARTS_MAX + 2;
    var drop = shop.drop(node, units);
    var order = paid(drop, Shop.person(), units);
    var one = new Units(drop.items().getFirst().id(), 1);
    for (int i = 0; i < GivingBack.PARTS_MAX; i++) {
      assertThat(refund(order, new Ask(Money.ZERO, List.of(one), true, null)))
          .isInstanceOf(Outcome.Done.class);
    }

    assertThat(refund(order, new Ask(Money.ZERO, List.of(one), true, null)))
        .isEqualTo(new Outcome.TooManyParts());
    assertThat(refund(order, new Ask(null, List.of(), true, null)))
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done ->
                assertThat(done.refund().units())
                    .containsExactly(new Units(drop.items().getFirst().id(), 2)));
    assertThat(shop.state(order)).isEqualTo("REFUNDED");
  }

  @Test
  void issuesNoTicketForAUnitThatWasTakenBackBefore() throws Exception {
    var drop = shop.drop(node, 39_000, Drop.Kind.TICKET, 9, 5);
    var buyer = Shop.person();
    var order = paid(drop, buyer, 3);
    var one = new Units(drop.items().getFirst().id(), 1);

    assertThat(refund(order, new Ask(Money.ZERO, List.of(one), true, null)))
        .isInstanceOf(Outcome.Done.class);

    @SuppressWarnings("unchecked")
    Subscriber<OrderPaid> fulfilling = shop.bean(Subscriber.class);
    var paid =
        new OrderPaid(order.value(), drop.id().value(), buyer.value(), 117_000, Instant.EPOCH);
    shop.inTransaction(() -> fulfilling.on(paid));

    assertThat(shop.state(order)).isEqualTo("CONFIRMED");
    assertThat(node.orders().read(order, buyer).orElseThrow().tickets())
        .extracting(Issued.Ticket::unit)
        .containsExactly(1, 2);
    // What is taken back as a whole before it is issued is never issued.
    var gone = paid(drop, buyer, 1);
    assertThat(refund(gone, new Ask(null, List.of(), true, null))).isInstanceOf(Outcome.Done.class);
    shop.inTransaction(() ->
        fulfilling.on(
            new OrderPaid(gone.value(), drop.id().value(), buyer.value(), 0, Instant.EPOCH)));
    assertThat(shop.state(gone)).isEqualTo("REFUNDED");
    assertThat(node.orders().read(gone, buyer).orElseThrow().tickets()).isEmpty();
  }

  @Test
  void returnsStockExactlyWhileACrowdTakesIt() throws Exception {
    var second = shop.node();
    var drop = shop.drop(node, 60, 60);
    var sold = new ArrayList<OrderId>();
    for (int i = 0; i < 60; i++) {
      sold.add(paid(drop, Shop.person(), 1, 1));
    }

    var results =
        Shop.<Object>atOnce(
            240,
            i ->
                i < 60
                    ? () -> refund(sold.get(i), new Ask(null, List.of(), true, null))
                    : () ->
                        (i % 2 == 0 ? node : second)
                            .place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1, 1)));

    assertThat(results.subList(0, 60)).allMatch(Outcome.Done.class::isInstance);
    long held = results.stream().filter(Placed.Held.class::isInstance).count();
    assertThat(held).isLessThanOrEqualTo(60);
    shop.check();
    // All that came back can be sold, through every node.
    for (long i = held; i < 60; i++) {
      var taker = i % 2 == 0 ? node : second;
      await()
          .until(() ->
              taker.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1, 1))
                  instanceof Placed.Held);
    }
    assertThat(node.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1, 0)))
        .isInstanceOf(Placed.Refused.class);
  }

  @Test
  void givesEachUnitBackOnce() throws Exception {
    var drop = shop.drop(node, 10);
    var order = paid(drop, Shop.person(), 4);
    var one = new Units(drop.items().getFirst().id(), 1);

    var results =
        Shop.atOnce(12, i -> () -> refund(order, new Ask(Money.ZERO, List.of(one), true, null)));

    assertThat(results).filteredOn(Outcome.Done.class::isInstance).hasSize(4);
    assertThat(shop.state(order)).isEqualTo("REFUNDED");
    assertThat(shop.jdbc.sql("select sum(taken) from pools").query(Long.class).single()).isZero();
  }
}
