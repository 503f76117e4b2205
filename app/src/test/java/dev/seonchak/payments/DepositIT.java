package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.MovedDeadline;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.drops.Drops;
import dev.seonchak.orders.Depositing;
import dev.seonchak.orders.Orders;
import dev.seonchak.orders.Paying;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.OrderId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Buyers pay by bank transfer, and sellers say what arrived. */
@OnPlatform
class DepositIT {
  private static final Map<String, Object> TAKES_DEPOSITS =
      Map.of(
          "bankTransfer",
          Map.of("bank", "Kookmin", "account", "123-45-6789", "holder", "Kim Sejin"));

  @Autowired private Platform platform;
  @Autowired private JdbcClient database;
  @Autowired private Payments payments;
  @Autowired private Gateways gateways;
  @Autowired private Paying paying;
  @Autowired private ReturnAddresses addresses;
  @Autowired private ReturnTokens tokens;
  @Autowired private Ids ids;
  @Autowired private Deposits deposits;
  @Autowired private Depositing depositing;
  @Autowired private Orders orders;
  @Autowired private Drops drops;
  @Autowired private TransactionTemplate transaction;

  private Story story(int capacity) {
    return Story.of(platform, capacity, TAKES_DEPOSITS);
  }

  private static Answer starts(Person buyer, String order) {
    return buyer.post("/api/orders/" + order + "/payments", Map.of("gateway", "bank-transfer"));
  }

  /** An order that waits for its deposit; its payment's id. */
  private static String awaited(Person buyer, String order) {
    var started = starts(buyer, order);
    assertThat(started.status()).as(started.toString()).isEqualTo(201);
    assertThat(started.at("/redirectUrl").asString()).endsWith("/orders/" + order);
    return started.at("/id").asString();
  }

  private static Answer arrived(Story story, String payment) {
    return story.seller.post("/api/payments/" + payment + "/deposit");
  }

  private static Answer sentBack(Story story, String payment, String refund) {
    return story.seller.post("/api/payments/" + payment + "/sent-back", Map.of("refundId", refund));
  }

  /** The refund by which money of the order's deposit is owed. */
  private static String owedBy(Person who, String order) {
    return who.get("/api/orders/" + order + "/payments").at("/0/deposit/refundId").asString();
  }

  private static String stage(Answer payment) {
    assertThat(payment.status()).as(payment.toString()).isEqualTo(200);
    return payment.at("/deposit/stage").asString();
  }

  private void passDeadline(String order) {
    database
        .sql("update orders set held_until = clock_timestamp() - interval '1 s' where id = ?")
        .param(UUID.fromString(order))
        .update();
    MovedDeadline.follow(database, UUID.fromString(order));
  }

  @Test
  void paysAnOrderByADepositInTime() {
    var story = story(2);
    var buyer = platform.signUp();
    var order = story.held(buyer, 2, 0);

    var payment = awaited(buyer, order);

    var waiting = story.order(buyer, order);
    assertThat(waiting.at("/state").asString()).isEqualTo("AWAITING_DEPOSIT");
    var deposit = buyer.get("/api/orders/" + order + "/payments").at("/0/deposit");
    assertThat(deposit.at("/bank").asString()).isEqualTo("Kookmin");
    assertThat(deposit.at("/account").asString()).isEqualTo("123-45-6789");
    assertThat(deposit.at("/depositName").asString()).matches("[0-9A-Z]{6}");
    assertThat(deposit.at("/deadline")).isEqualTo(waiting.at("/expiresAt"));
    assertThat(Instant.parse(deposit.at("/deadline").asString()))
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(25)), Instant.now().plus(Duration.ofMinutes(31)));
    assertThat(story.free(0)).isZero();
    story.check();

    assertThat(stage(arrived(story, payment))).isEqualTo("ARRIVED");
    assertThat(stage(arrived(story, payment))).isEqualTo("ARRIVED");

    story.awaitState(buyer, order, "CONFIRMED");
    assertThat(story.money()).containsExactly(24_000L, 24_000L, 0L, 0L);
    assertThat(story.history(buyer, order))
        .containsExactly(
            "HELD by BUYER",
            "AWAITING_DEPOSIT by BUYER",
            "DEPOSIT_ARRIVED by SELLER",
            "PAID by PLATFORM",
            "CONFIRMED by PLATFORM");
    story.check();
  }

  @Test
  void isOffUnlessTheSellerTakesIt() {
    var story = Story.of(platform, Story.draft(2));
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    var refused = starts(buyer, order);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid");
    assertThat(story.state(buyer, order)).isEqualTo("PENDING");
    // It can be taken later on, and no longer.
    var draft = Story.draft(2);
    draft.putAll(TAKES_DEPOSITS);
    assertThat(story.seller.put("/api/drops/" + story.drop, draft).status()).isEqualTo(200);
    var shown = platform.visitor().get("/api/drops/" + story.drop);
    assertThat(shown.at("/takesBankTransfer").asBoolean()).isTrue();
    assertThat(shown.at("/bankTransfer").isNull()).as("told to who pays so").isTrue();
    assertThat(starts(buyer, order).status()).isEqualTo(201);
    story.check();
  }

  @Test
  void excludesGatewaysWhileItWaitsAndIsExcludedByThem() {
    var story = story(3);
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    var gateway = buyer.post("/api/orders/" + order + "/payments", Map.of("gateway", "kakaopay"));
    awaited(buyer, order);
    assertThat(starts(buyer, order).problem()).isEqualTo("not-payable");
    assertThat(
            buyer
                .post("/api/orders/" + order + "/payments", Map.of("gateway", "kakaopay"))
                .problem())
        .isEqualTo("not-payable");
    // A page of the gateway that was opened before captures nothing any more.
    var back = new Browser().decide(URI.create(gateway.at("/redirectUrl").asString()), "approve");
    platform.visitor().get(back.getPath() + "?" + back.getQuery());
    assertThat(story.state(buyer, order)).isEqualTo("AWAITING_DEPOSIT");
    assertThat(story.money()).containsExactly(0L, 0L, 0L, 0L);
    var paid = story.bought(buyer, 1, 0);
    assertThat(starts(buyer, paid).problem()).isEqualTo("not-payable");
    story.check();
  }

  @Test
  void expiresLikeAnyHoldAndTakesALateDepositWhileThereIsStock() {
    var story = story(1);
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    var payment = awaited(buyer, order);
    passDeadline(order);
    story.awaitState(buyer, order, "EXPIRED");
    assertThat(story.free(0)).isEqualTo(1);

    assertThat(stage(arrived(story, payment))).isEqualTo("ARRIVED");

    story.awaitState(buyer, order, "CONFIRMED");
    assertThat(story.free(0)).isZero();
    assertThat(story.money()).containsExactly(12_000L, 12_000L, 0L, 0L);
    story.check();
  }

  @Test
  void owesALateDepositWhenEverythingIsSoldAndBooksItsWayBackByHand() {
    var story = story(1);
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    var payment = awaited(buyer, order);
    passDeadline(order);
    story.awaitState(buyer, order, "EXPIRED");
    story.bought(platform.signUp(), 1, 0);

    var late = arrived(story, payment);

    assertThat(stage(late)).isEqualTo("OWED");
    assertThat(late.at("/deposit/owed").asLong()).isEqualTo(12_000);
    assertThat(stage(arrived(story, payment))).isEqualTo("OWED");
    assertThat(story.state(buyer, order)).isEqualTo("EXPIRED");
    assertThat(story.money()).containsExactly(24_000L, 12_000L, 12_000L, 0L);
    story.check();
    assertThat(
            database
                .sql("select count(*) from payments where id = ? and unanswered_since is not null")
                .param(UUID.fromString(payment))
                .query(Long.class)
                .single())
        .as("no gateway owes an answer")
        .isZero();
    var owed = story.seller.get("/api/drops/" + story.drop + "/deposits?stage=OWED");
    assertThat(owed.at("/items").size()).isEqualTo(1);
    assertThat(owed.at("/items/0/id").asString()).isEqualTo(payment);

    var refund = late.at("/deposit/refundId").asString();
    assertThat(stage(sentBack(story, payment, refund))).isEqualTo("SENT_BACK");
    assertThat(stage(sentBack(story, payment, refund))).isEqualTo("SENT_BACK");

    assertThat(story.money()).containsExactly(24_000L, 12_000L, 0L, 12_000L);
    assertThat(story.history(buyer, order))
        .endsWith("DEPOSIT_TOO_LATE by SELLER", "SENT_BACK by SELLER");
    story.check();
  }

  @Test
  void owesTheDepositOfAnOrderThatWasCancelled() {
    var story = story(2);
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    var payment = awaited(buyer, order);
    assertThat(buyer.delete("/api/orders/" + order).status()).isEqualTo(204);
    assertThat(story.state(buyer, order)).isEqualTo("CANCELLED");
    assertThat(stage(arrived(story, payment))).isEqualTo("OWED");
    assertThat(story.history(buyer, order)).contains("CANCELLED by BUYER");
    story.check();
  }

  @Test
  void givesADepositBackByHandInParts() {
    var story = story(3);
    var buyer = platform.signUp();
    var order = story.held(buyer, 2, 0);
    var payment = awaited(buyer, order);
    arrived(story, payment);
    story.awaitState(buyer, order, "CONFIRMED");
    assertThat(sentBack(story, payment, UUID.randomUUID().toString()).problem())
        .isEqualTo("nothing-owed");

    var one = Map.of("lines", List.of(story.line(0, 1)), "returnStock", true);
    assertThat(story.refund(order, one).status()).isEqualTo(201);
    assertThat(story.refund(order, one).problem()).isEqualTo("refund-in-progress");
    assertThat(story.money()).containsExactly(24_000L, 12_000L, 12_000L, 0L);
    var first = owedBy(buyer, order);
    assertThat(stage(sentBack(story, payment, first))).isEqualTo("ARRIVED");
    assertThat(story.refund(order, one).status()).isEqualTo(201);
    // What was said of the first does not count for the second.
    assertThat(stage(sentBack(story, payment, first))).isEqualTo("OWED");
    assertThat(story.money()).containsExactly(24_000L, 0L, 12_000L, 12_000L);
    assertThat(stage(sentBack(story, payment, owedBy(buyer, order)))).isEqualTo("SENT_BACK");
    assertThat(story.money()).containsExactly(24_000L, 0L, 0L, 24_000L);
    assertThat(story.free(0)).isEqualTo(3);
    story.check();
  }

  @Test
  void isOnlyTheSellersToConfirm() {
    var story = story(2);
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    var payment = awaited(buyer, order);
    for (var stranger : List.of(buyer, platform.signUp(AccountRole.SELLER))) {
      assertThat(stranger.post("/api/payments/" + payment + "/deposit").problem())
          .isEqualTo("not-found");
      var sent = Map.of("refundId", UUID.randomUUID().toString());
      assertThat(stranger.post("/api/payments/" + payment + "/sent-back", sent).problem())
          .isEqualTo("not-found");
      assertThat(stranger.get("/api/drops/" + story.drop + "/deposits").problem())
          .isEqualTo("not-found");
    }
    assertThat(platform.signUp().get("/api/orders/" + order + "/payments").problem())
        .isEqualTo("not-found");
    assertThat(story.seller.post("/api/payments/" + UUID.randomUUID() + "/deposit").problem())
        .isEqualTo("not-found");
    assertThat(story.seller.post("/api/payments/x/deposit").status()).isBetween(400, 404);
    assertThat(story.seller.get("/api/drops/" + story.drop + "/deposits?stage=GONE").problem())
        .isEqualTo("invalid");
    assertThat(story.seller.get("/api/drops/" + story.drop + "/deposits?cursor=x").problem())
        .isEqualTo("invalid");
  }

  @Test
  void letsTheBuyerNameTheSender() {
    var story = story(2);
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    var path = "/api/orders/" + order + "/payments";
    for (var bad : List.of("", "  ", "x".repeat(16), "\0")) {
      assertThat(buyer.post(path, Map.of("gateway", "bank-transfer", "depositName", bad)).status())
          .isBetween(400, 422);
    }
    assertThat(buyer.post(path, Map.of("gateway", "bank-transfer", "depositName", "김보라")).status())
        .isEqualTo(201);
    assertThat(buyer.get(path).at("/0/deposit/depositName").asString()).matches("김보라 [0-9A-Z]{4}");
  }

  /** Even when chance gives the same code, and the seller spaces the account differently. */
  @Test
  void givesNoTwoDepositsIntoOneAccountTheSameName() {
    var one = story(5);
    var other =
        Story.of(
            platform,
            5,
            Map.of(
                "bankTransfer",
                Map.of("bank", "KB", "account", "123 45 6789", "holder", "Kim Sejin")));
    var names = new ArrayList<String>();
    var alike = new Alike();
    for (var story : List.of(one, other, one)) {
      var order = story.held(platform.signUp(), 1, 0);
      assertThat(alike.start(order, "Kim")).isInstanceOf(Starting.Outcome.Started.class);
      names.add(alike.name(order));
    }
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("Kim [0-9A-Z]{4}"));
    // No name is left to give, and the order stays as it was.
    var order = one.held(platform.signUp(), 1, 0);
    assertThat(alike.start(order, "Kim")).isInstanceOf(Starting.Outcome.Unavailable.class);
    assertThat(alike.start(order, "kim ")).isInstanceOf(Starting.Outcome.Unavailable.class);
    assertThat(one.state(one.seller, order)).isEqualTo("PENDING");
    assertThat(alike.start(order, null)).isInstanceOf(Starting.Outcome.Started.class);
    one.check();
    other.check();
  }

  /** Starts deposits with ids whose random half is always the same. */
  private final class Alike {
    private final long half = ThreadLocalRandom.current().nextLong() >>> 2 | 1L << 63;
    private final StartingDeposit starting;

    Alike() {
      Ids same = () -> new UUID(ids.next().getMostSignificantBits(), half);
      var start = new Starting(payments, gateways, paying, addresses, same, tokens, transaction);
      starting =
          new StartingDeposit(payments, deposits, depositing, orders, drops, start, transaction);
    }

    Starting.Outcome start(String order, @Nullable String wish) {
      var buyer =
          database
              .sql("select buyer_id from orders where id = ?")
              .param(UUID.fromString(order))
              .query(UUID.class)
              .single();
      return starting.start(new OrderId(UUID.fromString(order)), new AccountId(buyer), wish);
    }

    String name(String order) {
      return deposits.of(new OrderId(UUID.fromString(order))).getFirst().name();
    }
  }

  /** The deposit is confirmed around the deadline, while the sweeper runs and others want it. */
  @Test
  void paysOrExpiresButNeverBothAroundTheDeadline() throws Exception {
    for (int i = 0; i < 12; i++) {
      var story = story(1);
      var buyer = platform.signUp();
      var rival = platform.signUp();
      var order = story.held(buyer, 1, 0);
      var payment = awaited(buyer, order);
      var millis = 20 * (i % 4);
      database
          .sql(
              "update orders set held_until = clock_timestamp() + ? * interval '1 ms' where id = ?")
          .param(millis)
          .param(UUID.fromString(order))
          .update();
      MovedDeadline.follow(database, UUID.fromString(order));
      var go = new CountDownLatch(1);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var confirmed =
            threads.submit(() -> {
              go.await();
              return arrived(story, payment);
            });
        var wanted =
            threads.submit(() -> {
              go.await();
              return Story.keyed(rival)
                  .post(
                      "/api/drops/" + story.drop + "/orders",
                      Map.of("lines", List.of(story.line(0, 1))));
            });
        go.countDown();
        var stage = stage(confirmed.get());
        assertThat(stage).isIn("ARRIVED", "OWED");
        assertThat(wanted.get().status()).isIn(201, 409);
        if (stage.equals("ARRIVED")) {
          story.awaitState(buyer, order, "CONFIRMED");
          assertThat(wanted.get().status()).isEqualTo(409);
        } else {
          assertThat(story.state(buyer, order)).isEqualTo("EXPIRED");
        }
      }
      story.check();
    }
  }
}
