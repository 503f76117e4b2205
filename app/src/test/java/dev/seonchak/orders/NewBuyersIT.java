package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.drops.Drop;
import dev.seonchak.engine.Reason;
import dev.seonchak.shared.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node looks for nothing of buyers whom it knows to be new; so whom it knows has to be right. */
class NewBuyersIT {
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
  void findsAKeyThatWasUsedForAnItemOfAnotherNode() throws Exception {
    Drop drop = shop.drop(one, 1_000, 1_000);
    AccountId buyer = Shop.person();
    String key = Shop.key();
    // Each node knows everybody in the item that it will be asked for, and the buyer is not there.
    assertHeld(two.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 0, 1)));
    assertHeld(two.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 0, 1)));
    assertHeld(one.place(drop, buyer, key, Shop.wish(drop, 1, 0)));

    List<Placed> answers =
        Shop.atOnce(
            200,
            i ->
                () ->
                    i % 50 == 25
                        ? two.place(drop, buyer, key, Shop.wish(drop, 0, 1))
                        : two.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 0, 1)));

    assertThat(answers).filteredOn(Placed.Held.class::isInstance).hasSize(196);
    assertThat(answers)
        .filteredOn(answer -> !(answer instanceof Placed.Held))
        .containsOnly(new Placed.KeyReused());
    assertThat(one.place(drop, buyer, key, Shop.wish(drop, 0, 1)))
        .isEqualTo(new Placed.KeyReused());
  }

  @Test
  void keepsTheLimitOfPeopleWhomTheOtherNodeServed() throws Exception {
    Drop drop = shop.drop(one, 1_000, Drop.Kind.GOODS, 2, 10_000);
    for (int round = 0; round < 20; round++) {
      AccountId person = Shop.person();
      assertHeld(node(round).place(drop, person, Shop.key(), Shop.wish(drop, 2)));
      for (int i = 0; i < 2; i++) {
        assertThat(node(round + 1 + i).place(drop, person, Shop.key(), Shop.wish(drop, 1)))
            .isEqualTo(new Placed.Refused(Reason.LIMIT_REACHED, drop.items().getFirst().id()));
      }
    }
    List<AccountId> people = Stream.generate(Shop::person).limit(100).toList();
    List<Placed> answers =
        Shop.atOnce(
            600,
            i ->
                () -> node(i / 3).place(drop, people.get(i % 100), Shop.key(), Shop.wish(drop, 1)));
    assertThat(answers).filteredOn(Placed.Held.class::isInstance).hasSize(200);
  }

  @Test
  void knowsWhoCameBeforeTheProcessWasStarted() throws Exception {
    Drop drop = shop.drop(one, 1_000, Drop.Kind.GOODS, 1, 10_000);
    List<AccountId> people = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      people.add(Shop.person());
    }
    Shop.atOnce(300, i -> () -> one.place(drop, people.get(i), Shop.key(), Shop.wish(drop, 1)));
    Shop.Node late = shop.node();
    for (AccountId person : people) {
      assertThat(late.place(drop, person, Shop.key(), Shop.wish(drop, 1)))
          .isEqualTo(new Placed.Refused(Reason.LIMIT_REACHED, drop.items().getFirst().id()));
      assertHeld(late.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)));
    }
  }

  /** More than batches read on: nobody is taken for new while they are read, nor afterwards. */
  @Test
  void knowsThousandsWhoCameBeforeTheProcessWasStarted() throws Exception {
    Drop drop = shop.drop(one, 1_000, Drop.Kind.GOODS, 1, 20_000);
    List<AccountId> people = Stream.generate(Shop::person).limit(12_000).toList();
    for (int from = 0; from < people.size(); from += 500) {
      List<AccountId> some = people.subList(from, from + 500);
      assertThat(
              Shop.atOnce(
                  some.size(),
                  i -> () -> one.place(drop, some.get(i), Shop.key(), Shop.wish(drop, 1))))
          .allMatch(Placed.Held.class::isInstance);
    }
    Shop.Node late = shop.node();
    for (AccountId person : people.subList(11_000, 12_000)) {
      assertThat(late.place(drop, person, Shop.key(), Shop.wish(drop, 1)))
          .isEqualTo(new Placed.Refused(Reason.LIMIT_REACHED, drop.items().getFirst().id()));
      assertHeld(late.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)));
    }
  }

  private static Shop.Node node(int i) {
    return i % 2 == 0 ? one : two;
  }

  private static void assertHeld(Placed placed) {
    assertThat(placed).isInstanceOf(Placed.Held.class);
  }
}
