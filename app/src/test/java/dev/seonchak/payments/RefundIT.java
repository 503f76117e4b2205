package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.payments.simulator.Simulator;
import dev.seonchak.shared.AccountRole;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sellers refund, buyers cancel what they paid for. */
@OnPlatform
class RefundIT {
  private static final Map<String, Object> ALL = Map.of("returnStock", true);

  @Autowired private Platform platform;
  @Autowired private Simulator simulator;
  @Autowired private JdbcClient database;
  @Autowired private DataSource dataSource;

  private void awaitMoney(Story story, Long... money) {
    Waiting.until(() -> story.money().equals(List.of(money)));
    story.check();
  }

  @Test
  void refundsAllAndReturnsTheStock() {
    var story = Story.of(platform, Story.draft(2));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 1);
    assertThat(story.free(0)).isZero();

    var refund = story.refund(order, Map.of("returnStock", true, "note", "The kiln broke."));

    assertThat(refund.status()).as(refund.toString()).isEqualTo(201);
    assertThat(refund.at("/amount").asLong()).isEqualTo(32_000);
    assertThat(refund.at("/stockReturned").asBoolean()).isTrue();
    var read = story.order(buyer, order);
    assertThat(read.at("/state").asString()).isEqualTo("REFUNDED");
    assertThat(read.at("/refunded").asLong()).isEqualTo(32_000);
    assertThat(read.at("/refunds/0/note").asString()).isEqualTo("The kiln broke.");
    assertThat(story.free(0)).isEqualTo(2);
    awaitMoney(story, 32_000L, 0L, 0L, 32_000L);
    assertThat(story.moved(simulator.address(), order)).containsExactly(32_000L, -32_000L);
    assertThat(story.history(buyer, order))
        .containsExactly(
            "HELD by BUYER",
            "PAYING by PLATFORM",
            "PAID by PLATFORM",
            "CONFIRMED by PLATFORM",
            "REFUNDED by SELLER");
    assertThat(story.events(database, order)).containsExactly("OrderPaid", "OrderRefunded");
    // What came back is sold again.
    story.bought(platform.signUp(), 2, 0);
    story.check();
  }

  @Test
  void neitherWaitsForAStuckNodeForLongNorLetsItKeepItsLocks() throws SQLException {
    var story = Story.of(platform, Story.draft(2));
    var order = story.bought(platform.signUp(), 1, 0);

    try (var stuck = dataSource.getConnection()) {
      stuck.setAutoCommit(false);
      try (var lock = stuck.prepareStatement("select from pools where group_id = ? for update")) {
        lock.setObject(1, UUID.fromString(story.drop));
        lock.execute();
      }
      var refused = story.refund(order, ALL);

      assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
      assertThat(refused.problem()).isEqualTo("unavailable");
      Waiting.until(() -> story.refund(order, ALL).status() == 201);
      assertThatThrownBy(stuck::commit).isInstanceOf(SQLException.class);
    }
    awaitMoney(story, 12_000L, 0L, 0L, 12_000L);
  }

  @Test
  void keepsTheStockWhenTheSellerSaysSo() {
    var story = Story.of(platform, Story.draft(2));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 1, 1);

    assertThat(story.refund(order, Map.of("returnStock", false)).status()).isEqualTo(201);

    assertThat(story.state(buyer, order)).isEqualTo("REFUNDED");
    assertThat(story.free(0)).isEqualTo(1);
    awaitMoney(story, 20_000L, 0L, 0L, 20_000L);
  }

  @Test
  void refundsInPartsUntilNothingIsLeft() {
    var story = Story.of(platform, Story.draft(5));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 3, 1);

    assertThat(story.refund(order, Map.of("amount", 1_000, "returnStock", false)).status())
        .isEqualTo(201);
    awaitMoney(story, 44_000L, 43_000L, 0L, 1_000L);
    assertThat(story.state(buyer, order)).isEqualTo("CONFIRMED");

    var units = Map.of("lines", List.of(story.line(0, 2)), "returnStock", true);
    assertThat(story.refund(order, units).at("/amount").asLong()).isEqualTo(24_000);
    awaitMoney(story, 44_000L, 19_000L, 0L, 25_000L);
    assertThat(story.free(0)).isEqualTo(4);
    assertThat(story.refund(order, units).problem()).isEqualTo("invalid");
    assertThat(story.refund(order, Map.of("amount", 19_001, "returnStock", false)).problem())
        .isEqualTo("refund-too-large");

    var kept = Map.of("lines", List.of(story.line(1, 1)), "amount", 8_000, "returnStock", false);
    assertThat(story.refund(order, kept).status()).isEqualTo(201);
    awaitMoney(story, 44_000L, 11_000L, 0L, 33_000L);
    assertThat(story.free(1)).isEqualTo(4);

    assertThat(story.refund(order, ALL).at("/amount").asLong()).isEqualTo(11_000);
    awaitMoney(story, 44_000L, 0L, 0L, 44_000L);
    assertThat(story.free(0)).isEqualTo(5);
    assertThat(story.free(1)).isEqualTo(4);
    assertThat(story.state(buyer, order)).isEqualTo("REFUNDED");
    var late = story.refund(order, ALL);
    assertThat(late.problem()).isEqualTo("cannot-refund");
    assertThat(late.at("/state").asString()).isEqualTo("REFUNDED");
    assertThat(story.moved(simulator.address(), order))
        .containsExactly(44_000L, -1_000L, -24_000L, -8_000L, -11_000L);
  }

  @Test
  void leavesTheUnitsWithTheBuyerThoughAllMoneyGoesBack() {
    var story = Story.of(platform, 5, Map.of("kind", "TICKET"));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 1, 0);

    assertThat(story.refund(order, Map.of("amount", 12_000, "returnStock", true)).problem())
        .isEqualTo("invalid");
    assertThat(story.refund(order, Map.of("amount", 12_000, "returnStock", false)).status())
        .isEqualTo(201);

    awaitMoney(story, 12_000L, 0L, 0L, 12_000L);
    assertThat(story.state(buyer, order)).isEqualTo("CONFIRMED");
    assertThat(story.order(buyer, order).at("/tickets/0/valid").asBoolean()).isTrue();
    assertThat(story.refund(order, ALL).at("/amount").asLong()).isZero();
    assertThat(story.state(buyer, order)).isEqualTo("REFUNDED");
    assertThat(story.free(0)).isEqualTo(5);
    story.check();
  }

  @Test
  void givesTheRestOfTheMoneyBackOnceAllUnitsAre() {
    var story = Story.of(platform, Story.draft(5));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 1, 0);
    var unit = List.of(story.line(0, 1));
    var cheaper = Map.of("lines", unit, "amount", 7_000, "returnStock", true);
    assertThat(story.refund(order, cheaper).status()).isEqualTo(201);
    awaitMoney(story, 12_000L, 5_000L, 0L, 7_000L);
    assertThat(story.state(buyer, order)).isEqualTo("REFUNDED");

    assertThat(story.refund(order, Map.of("lines", unit, "returnStock", true)).problem())
        .isEqualTo("invalid");
    assertThat(story.refund(order, Map.of("amount", 5_001, "returnStock", false)).problem())
        .isEqualTo("refund-too-large");
    assertThat(story.refund(order, Map.of("amount", 2_000, "returnStock", false)).status())
        .isEqualTo(201);
    awaitMoney(story, 12_000L, 3_000L, 0L, 9_000L);
    assertThat(story.refund(order, ALL).at("/amount").asLong()).isEqualTo(3_000);
    awaitMoney(story, 12_000L, 0L, 0L, 12_000L);

    assertThat(story.refund(order, ALL).problem()).isEqualTo("cannot-refund");
    assertThat(story.state(buyer, order)).isEqualTo("REFUNDED");
    assertThat(story.free(0)).isEqualTo(5);
    assertThat(story.history(buyer, order))
        .endsWith("REFUNDED by SELLER", "REFUNDED_IN_PART by SELLER", "REFUNDED_IN_PART by SELLER");
  }

  @Test
  void answersTheSameKeyAlikeAndActsOnce() {
    var story = Story.of(platform, Story.draft(2));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 0);
    var seller = story.seller.with("Idempotency-Key", "refund-1");
    var path = "/api/orders/" + order + "/refund";
    var ask = Map.of("lines", List.of(story.line(0, 1)), "returnStock", true);

    var first = seller.post(path, ask);
    assertThat(first.status()).as(first.toString()).isEqualTo(201);
    var again = seller.post(path, ask);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(seller.post(path, ALL).problem()).isEqualTo("key-reused");
    awaitMoney(story, 24_000L, 12_000L, 0L, 12_000L);
    assertThat(story.refund(order, ALL).status()).isEqualTo(201);
    assertThat(seller.post(path, ask).body()).isEqualTo(first.body());
    awaitMoney(story, 24_000L, 0L, 0L, 24_000L);
  }

  @Test
  void actsOnceWhenTheSameKeyComesManyTimesAtOnce() throws Exception {
    var story = Story.of(platform, Story.draft(4));
    var order = story.bought(platform.signUp(), 4, 0);
    var seller = story.seller.with("Idempotency-Key", "one");
    var ask = Map.of("lines", List.of(story.line(0, 1)), "returnStock", true);

    var answers = atOnce(8, () -> seller.post("/api/orders/" + order + "/refund", ask));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(201));
    assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
    awaitMoney(story, 48_000L, 36_000L, 0L, 12_000L);
    assertThat(story.free(0)).isEqualTo(1);
  }

  @Test
  void neverGivesMoreThanWasPaidHoweverManyRefundAtOnce() throws Exception {
    var story = Story.of(platform, Story.draft(4));
    var order = story.bought(platform.signUp(), 4, 0);
    var ask = Map.of("lines", List.of(story.line(0, 3)), "returnStock", true);

    var answers = atOnce(8, () -> story.refund(order, ask));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> assertThat(answer.problem()).isIn("refund-in-progress", "invalid"));
    awaitMoney(story, 48_000L, 12_000L, 0L, 36_000L);
    assertThat(story.free(0)).isEqualTo(3);
    assertThat(story.moved(simulator.address(), order)).containsExactly(48_000L, -36_000L);
  }

  private static List<Answer> atOnce(int count, Callable<Answer> request) throws Exception {
    var go = new CountDownLatch(1);
    var answers = new ArrayList<Answer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<Answer>>();
      for (int i = 0; i < count; i++) {
        futures.add(
            threads.submit(() -> {
              go.await();
              return request.call();
            }));
      }
      go.countDown();
      for (var future : futures) {
        answers.add(future.get());
      }
    }
    return answers;
  }

  @Test
  void refundsOnceThoughTheGatewaysAnswerIsLost() {
    var story = Story.of(platform, Story.draft(2));
    var order = story.bought(platform.signUp(), 1, 0);
    for (var fault : List.of("open-lost", "done-lost", "done-500")) {
      new Browser()
          .post(
              simulator.address().resolve("/simulator/switches"),
              Map.of("order", order, "call", "cancel", "fault", fault));
    }

    assertThat(story.refund(order, ALL).status()).isEqualTo(201);

    awaitMoney(story, 12_000L, 0L, 0L, 12_000L);
    assertThat(story.moved(simulator.address(), order)).containsExactly(12_000L, -12_000L);
  }

  @Test
  void refusesWhoIsNotTheSellerAndWhatMakesNoSense() {
    var story = Story.of(platform, Story.draft(2));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 1, 0);
    var path = "/api/orders/" + order + "/refund";
    for (Person stranger : List.of(buyer, platform.signUp(AccountRole.SELLER))) {
      assertThat(Story.keyed(stranger).post(path, ALL).problem()).isEqualTo("not-found");
    }
    assertThat(Story.keyed(platform.visitor()).post(path, ALL).status()).isEqualTo(401);
    assertThat(story.seller.post(path, ALL).problem()).isEqualTo("idempotency-key-missing");
    assertThat(
            Story.keyed(story.seller)
                .post("/api/orders/" + UUID.randomUUID() + "/refund", ALL)
                .problem())
        .isEqualTo("not-found");
    var item = story.items.getFirst();
    for (String bad :
        List.of(
            "{}",
            "{\"returnStock\":\"yes\"}",
            "{\"returnStock\":null}",
            "{\"returnStock\":true,\"amount\":-1}",
            "{\"returnStock\":true,\"amount\":1.5}",
            "{\"returnStock\":true,\"amount\":\"1\"}",
            "{\"returnStock\":false,\"amount\":12001}",
            "{\"returnStock\":true,\"amount\":1}",
            "{\"returnStock\":false,\"amount\":0}",
            "{\"returnStock\":false,\"amount\":99999999999999999999}",
            "{\"returnStock\":true,\"lines\":[]}",
            "{\"returnStock\":true,\"lines\":[null]}",
            "{\"returnStock\":true,\"lines\":[{\"quantity\":1}]}",
            "{\"returnStock\":true,\"lines\":[{\"itemId\":\"%s\"}]}".formatted(item),
            "{\"returnStock\":true,\"lines\":[{\"itemId\":\"%s\",\"quantity\":0}]}".formatted(item),
            "{\"returnStock\":true,\"lines\":[{\"itemId\":\"%s\",\"quantity\":2}]}".formatted(item),
            "{\"returnStock\":true,\"lines\":[{\"itemId\":\"%s\",\"quantity\":1}]}"
                .formatted(story.items.get(1)),
            "{\"returnStock\":true,\"lines\":[{\"itemId\":\"%s\",\"quantity\":1}]}"
                .formatted(UUID.randomUUID()),
            "{\"returnStock\":true,\"note\":\"%s\"}".formatted("x".repeat(201)),
            "{\"returnStock\":true,\"note\":\"\\u0000\"}",
            "{\"returnStock\":true,\"to\":\"me\"}",
            "[]")) {
      assertThat(Story.keyed(story.seller).post(path, bad).status()).as(bad).isBetween(400, 422);
    }
    var unpaid = story.held(buyer, 1, 0);
    assertThat(story.refund(unpaid, ALL).problem()).isEqualTo("cannot-refund");
    assertThat(story.money()).isEqualTo(List.of(12_000L, 12_000L, 0L, 0L));
    story.check();
  }

  @Test
  void makesTicketsOfUnitsThatWereTakenBackInvalid() {
    var story = Story.of(platform, 10, Map.of("kind", "TICKET"));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 1);
    assertThat(story.order(buyer, order).at("/tickets").size()).isEqualTo(3);

    story.refund(order, Map.of("lines", List.of(story.line(0, 1)), "returnStock", false));

    var tickets = story.order(buyer, order).at("/tickets");
    var valid = new ArrayList<Boolean>();
    tickets.forEach(ticket -> valid.add(ticket.at("/valid").asBoolean()));
    assertThat(valid).containsExactlyInAnyOrder(true, false, true);
    awaitMoney(story, 32_000L, 20_000L, 0L, 12_000L);

    assertThat(story.refund(order, ALL).status()).isEqualTo(201);
    story
        .order(buyer, order)
        .at("/tickets")
        .forEach(ticket -> assertThat(ticket.at("/valid").asBoolean()).isFalse());
    awaitMoney(story, 32_000L, 0L, 0L, 32_000L);
  }

  @Test
  void takesBackWhatCostNothing() {
    var free = Map.of("name", "seat", "price", 0, "capacity", 3, "limitPerPerson", 3);
    var story = Story.of(platform, 3, Map.of("kind", "TICKET", "items", List.of(free)));
    var buyer = platform.signUp();
    var order = story.held(buyer, 2);
    story.awaitState(buyer, order, "CONFIRMED");

    var some = Map.of("lines", List.of(story.line(0, 1)), "returnStock", true);
    assertThat(story.refund(order, some).at("/amount").asLong()).isZero();

    assertThat(story.free(0)).isEqualTo(2);
    assertThat(story.state(buyer, order)).isEqualTo("CONFIRMED");
    assertThat(buyer.delete("/api/orders/" + order).status()).isEqualTo(204);
    assertThat(story.state(buyer, order)).isEqualTo("REFUNDED");
    assertThat(story.free(0)).isEqualTo(3);
    story.check();
  }

  @Test
  void cancelsAPaidOrderForItsBuyerUntilItIsShipped() {
    var story = Story.of(platform, Story.draft(3));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 0);
    assertThat(platform.signUp().delete("/api/orders/" + order).status()).isEqualTo(404);

    assertThat(buyer.delete("/api/orders/" + order).status()).isEqualTo(204);
    assertThat(buyer.delete("/api/orders/" + order).status()).isEqualTo(204);

    assertThat(story.state(buyer, order)).isEqualTo("REFUNDED");
    assertThat(story.free(0)).isEqualTo(3);
    assertThat(story.history(buyer, order)).endsWith("REFUNDED by BUYER");
    awaitMoney(story, 24_000L, 0L, 0L, 24_000L);
    assertThat(story.moved(simulator.address(), order)).containsExactly(24_000L, -24_000L);

    var shipped = story.bought(buyer, 1, 0);
    story.seller.post(
        "/api/orders/" + shipped + "/ship",
        Map.of("carrier", "Hanjin", "trackingNumber", "1234-5678"));
    var refused = buyer.delete("/api/orders/" + shipped);
    assertThat(refused.problem()).isEqualTo("cannot-cancel");
    assertThat(refused.at("/state").asString()).isEqualTo("SHIPPED");
    // What the seller has refunded was not cancelled by the buyer.
    assertThat(story.refund(shipped, ALL).status()).isEqualTo(201);
    assertThat(buyer.delete("/api/orders/" + shipped).problem()).isEqualTo("cannot-cancel");
    awaitMoney(story, 36_000L, 0L, 0L, 36_000L);
  }

  @Test
  void cancelsByTheRulesOfTheDrop() {
    var never = Story.of(platform, 3, Map.of("cancelHours", 0));
    var buyer = platform.signUp();
    var order = never.bought(buyer, 1, 0);
    assertThat(buyer.delete("/api/orders/" + order).problem()).isEqualTo("cancelling-over");
    // What is not paid yet can always be cancelled.
    assertThat(buyer.delete("/api/orders/" + never.held(buyer, 1, 0)).status()).isEqualTo(204);

    var hour = Story.of(platform, 3, Map.of("cancelHours", 1));
    var early = hour.bought(buyer, 1, 0);
    var late = hour.bought(buyer, 1, 0);
    database
        .sql("update orders set created_at = created_at - interval '1 hour' where id = ?")
        .param(UUID.fromString(late))
        .update();
    assertThat(buyer.delete("/api/orders/" + early).status()).isEqualTo(204);
    assertThat(buyer.delete("/api/orders/" + late).problem()).isEqualTo("cancelling-over");
    assertThat(hour.state(buyer, late)).isEqualTo("CONFIRMED");
    never.check();
    awaitMoney(hour, 24_000L, 12_000L, 0L, 12_000L);
  }

  @Test
  void cancelsOrShipsButNeverBoth() throws Exception {
    var story = Story.of(platform, Story.draft(8));
    var orders = new ArrayList<String>();
    var buyer = platform.signUp();
    for (int i = 0; i < 5; i++) {
      orders.add(story.bought(buyer, 1, 0));
    }
    var ship = Map.of("carrier", "Hanjin", "trackingNumber", "1");
    for (var order : orders) {
      var go = new CountDownLatch(1);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var cancelled =
            threads.submit(() -> {
              go.await();
              return buyer.delete("/api/orders/" + order).status();
            });
        var shipped =
            threads.submit(() -> {
              go.await();
              return story.seller.post("/api/orders/" + order + "/ship", ship).status();
            });
        go.countDown();
        assertThat(List.of(cancelled.get(), shipped.get()))
            .as("cancelled, shipped")
            .isIn(List.of(204, 409), List.of(409, 200));
        assertThat(story.state(buyer, order))
            .isEqualTo(cancelled.get() == 204 ? "REFUNDED" : "SHIPPED");
      }
    }
    Waiting.until(() -> story.money().get(2) == 0);
    story.check();
  }
}
