package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.drops.Drop;
import dev.seonchak.embedded.TestServers;
import dev.seonchak.shared.AccountId;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holding stock while connections break and the database says no. */
class FaultIT {
  private static Shop shop;
  private static CuttingProxy proxy;
  private static Shop.Node cut;
  private static Shop.Node whole;

  @BeforeAll
  static void open() throws Exception {
    shop = new Shop();
    String address = TestServers.postgres().address();
    proxy = new CuttingProxy(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    cut = shop.node(proxy.through(shop.database.jdbcUrl()));
    whole = shop.node();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
    proxy.close();
  }

  @AfterEach
  void check() {
    shop.check();
  }

  @Test
  void answersWhatWasCommittedBeforeTheConnectionBroke() throws Exception {
    for (int round = 0; round < 5; round++) {
      Drop drop = shop.drop(whole, 10);
      AccountId buyer = Shop.person();
      String key = Shop.key();
      proxy.arm(1);
      Placed answer = cut.place(drop, buyer, key, Shop.wish(drop, 1));
      assertThat(proxy.left()).isZero();
      assertThat(answer).isInstanceOf(Placed.Held.class);
      assertThat(cut.place(drop, buyer, key, Shop.wish(drop, 1))).isEqualTo(answer);
      assertThat(whole.place(drop, buyer, key, Shop.wish(drop, 1))).isEqualTo(answer);
      assertThat(orders(drop)).isEqualTo(1);
    }
  }

  @Test
  void losesNobodyWhenManyCommitsBreak() throws Exception {
    Drop drop = shop.drop(whole, 1000);
    proxy.arm(5);
    List<Placed> answers =
        Shop.atOnce(300, i -> () -> cut.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)));
    assertThat(answers).allMatch(answer -> answer instanceof Placed.Held);
    assertThat(new HashSet<>(answers)).hasSize(300);
    assertThat(orders(drop)).isEqualTo(300);
    proxy.arm(0);
  }

  @Test
  void cancelsOnceAlthoughTheConnectionBroke() throws Exception {
    Drop drop = shop.drop(whole, 1);
    AccountId buyer = Shop.person();
    Placed.Held held = (Placed.Held) whole.place(drop, buyer, Shop.key(), Shop.wish(drop, 1));
    proxy.arm(1);
    assertThat(cut.changing().cancel(held.id(), buyer)).isEqualTo(new Changing.Cancelled.Done());
    assertThat(proxy.left()).isZero();
    assertThat(shop.state(held.id())).isEqualTo("CANCELLED");
    assertThat(whole.place(drop, Shop.person(), Shop.key(), Shop.wish(drop, 1)))
        .isInstanceOf(Placed.Held.class);
  }

  @Test
  void failsOnlyTheRequestThatTheDatabaseRejects() throws Exception {
    Drop drop = shop.drop(whole, 1000);
    AccountId unwanted = Shop.person();
    shop.jdbc
        .sql(
            "alter table orders add constraint unwanted check (buyer_id <> '%s')"
                .formatted(unwanted))
        .update();
    try {
      List<Placed> answers =
          Shop.atOnce(
              200,
              i ->
                  () ->
                      whole.place(
                          drop,
                          i == 77 ? unwanted : Shop.person(),
                          Shop.key(),
                          Shop.wish(drop, 1)));
      assertThat(answers.get(77)).isEqualTo(new Placed.NotStorable());
      assertThat(answers).filteredOn(answer -> answer instanceof Placed.Held).hasSize(199);
      assertThat(orders(drop)).isEqualTo(199);
    } finally {
      shop.jdbc.sql("alter table orders drop constraint unwanted").update();
    }
  }

  private static long orders(Drop drop) {
    return shop.jdbc
        .sql("select count(*) from orders where drop_id = :id")
        .param("id", drop.id().value())
        .query(Long.class)
        .single();
  }
}
