package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.Person;
import dev.seonchak.embedded.TestServers;
import dev.seonchak.payments.simulator.Halts;
import dev.seonchak.payments.simulator.Step;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The built jar is halted at every step of paying and refunding in turn, and started again on what
 * is left. While it recovers from one crash, it is driven into the next.
 */
class CrashIT {
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
  private static final Pattern SCRIPT = Pattern.compile("<script src=\"(http[^\"]+)\"");

  @TempDir private Path folder;
  private final TestServers.Database server = TestServers.freshDatabase();
  private final JdbcClient database =
      JdbcClient.create(
          new DriverManagerDataSource(server.jdbcUrl(), server.user(), server.password()));
  private final Browser browser = new Browser();

  /** What a buyer goes through, and what the simulator makes of it. */
  private enum Way {
    /** Starts to pay; after the crash once more, and returns. */
    START("PAID"),
    /** Returns, and everything is as it should be. */
    RETURN("PAID"),
    /** Returns from Toss Payments, which sends a webhook as well. */
    TOSS("PAID"),
    /** Returns after the deadline, and there is stock. */
    LATE("PAID"),
    /** The company says no, captures all the same, and the order has expired meanwhile. */
    LATE_MONEY("PAID"),
    /** Returns, and the company says no. */
    NO("PENDING"),
    /** Returns; the company captures, and its answer is lost. */
    SILENCE("PAID"),
    /** Returns; the company says no, and its answer is lost. */
    SILENT_NO("PENDING"),
    /** The same, and then its session ends. */
    SESSION_OVER("PENDING"),
    /** Never comes back, and the session ends. */
    LEFT("PENDING"),
    /** Returns, and the company takes one won too much. */
    REFUND("PENDING"),
    /** The same, and the company refuses to give back at first. */
    REFUND_REFUSED("PENDING"),
    /** Pays, and the seller gives everything back. */
    SELLER_REFUND("REFUNDED"),
    /** Is going to transfer the money, and does. */
    DEPOSIT("PAID"),
    /** Has transferred the money, and the seller says so. */
    DEPOSIT_HERE("PAID"),
    /** Got that money back, and the seller says so. */
    DEPOSIT_RETURNED("REFUNDED");

    private final String ends;

    Way(String ends) {
      this.ends = ends;
    }
  }

  /** All ways that lead over a step; a new step does not compile until it has one. */
  private static List<Way> ways(Step step) {
    return switch (step) {
      case ATTEMPT_ADDED, COMPANY_TOLD, ATTEMPT_NAMED -> List.of(Way.START);
      case PAYING_BEGUN, ORDER_PAID, APPROVAL_COMMITTED -> List.of(Way.RETURN);
      case INTENT_COMMITTED, APPROVAL_ANSWERED -> List.of(Way.RETURN, Way.TOSS);
      case HINT_TAKEN -> List.of(Way.TOSS);
      case HELD_AGAIN -> List.of(Way.LATE, Way.LATE_MONEY);
      case ORDER_RELEASED, NO_COMMITTED -> List.of(Way.NO);
      case SILENCE_NOTED -> List.of(Way.SILENCE);
      case TAKEN_TO_ASK, QUESTION_ANSWERED -> List.of(Way.SILENCE, Way.REFUND);
      case ASKED_LATER -> List.of(Way.SILENT_NO, Way.REFUND_REFUSED);
      case NO_WATCHED -> List.of(Way.SILENT_NO);
      case ASKED_NO_MORE -> List.of(Way.SESSION_OVER);
      case SESSIONS_EXPIRED -> List.of(Way.LEFT);
      case DEPOSIT_BEGUN, DEPOSIT_AWAITED -> List.of(Way.DEPOSIT);
      case DEPOSIT_ARRIVED -> List.of(Way.DEPOSIT_HERE);
      case DEPOSIT_SENT_BACK -> List.of(Way.DEPOSIT_RETURNED);
      case MONEY_OWED -> List.of(Way.SELLER_REFUND);
      case REFUND_COMMITTED -> List.of(Way.REFUND, Way.SELLER_REFUND);
      case CANCELLATION_ANSWERED, REFUND_DONE -> List.of(Way.REFUND);
    };
  }

  /**
   * One crash.
   *
   * @param payment its id, empty when paying has not started
   * @param back path and query of the buyer's way back, empty likewise
   */
  private record Trial(Step step, Way way, String order, String payment, String back) {
    /** What a plan says of it. */
    String words() {
      var refunding = way == Way.REFUND || way == Way.REFUND_REFUSED ? " REFUNDING" : "";
      return switch (step) {
        case ATTEMPT_ADDED, COMPANY_TOLD, ATTEMPT_NAMED, SESSIONS_EXPIRED -> "";
        case PAYING_BEGUN, ORDER_PAID, ORDER_RELEASED, HELD_AGAIN, MONEY_OWED -> order;
        case DEPOSIT_BEGUN, DEPOSIT_AWAITED, DEPOSIT_ARRIVED, DEPOSIT_SENT_BACK -> order;
        case TAKEN_TO_ASK, QUESTION_ANSWERED, ASKED_LATER -> payment + refunding;
        default -> payment;
      };
    }
  }

  /** Who sells what, and who buys all of it. */
  private record Market(Person seller, Person buyer, String drop, String item) {
    Market at(String url) {
      return new Market(seller.at(url), buyer.at(url), drop, item);
    }
  }

  @Test
  void settlesAllMoneyWhereverItIsHalted() throws Exception {
    var node = start();
    try {
      var market = open(node.url());
      List<Trial> trials = new ArrayList<>();
      for (var step : Step.values()) {
        for (var way : ways(step)) {
          trials.add(prepared(market, step, way));
        }
      }
      List<Instant> restarts = new ArrayList<>();
      for (var trial : trials) {
        plan(trial);
        provoke(trial, market.at(node.url()));
        assertThat(node.exitCode()).as(trial.toString()).isEqualTo(Halts.EXIT_CODE);
        node = start();
        restarts.add(now());
        afterwards(trial, market.at(node.url()));
      }
      check(trials, restarts, market.at(node.url()));
    } finally {
      node.close();
    }
  }

  private JarNode start() throws Exception {
    return JarNode.start(
        server,
        folder.resolve("data"),
        "--seonchak.simulator.port=0",
        "--seonchak.simulator.halts=" + folder.resolve("plan"));
  }

  private Instant now() {
    return database
        .sql("select clock_timestamp()")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private static Market open(String url) {
    var visitor = new Person(url, "", "", "", Map.of());
    var seller = signUp(visitor, "seller", List.of("SELLER"));
    var buyer = signUp(visitor, "buyer", List.of());
    var item = Map.of("name", "lamp", "price", 12_000, "capacity", 1_000, "limitPerPerson", 1_000);
    var draft =
        Map.of(
            "title",
            "Lamps",
            "description",
            "",
            "kind",
            "GOODS",
            "holdMinutes",
            30,
            "items",
            List.of(item),
            "questions",
            List.of(),
            "bankTransfer",
            Map.of("bank", "Kookmin", "account", "1-2", "holder", "Kim Sejin"));
    var drop = seller.post("/api/drops", draft);
    var id = drop.at("/id").asString();
    assertThat(seller.post("/api/drops/" + id + "/publish").status()).isEqualTo(200);
    return new Market(seller, buyer, id, drop.at("/items/0/id").asString());
  }

  private static Person signUp(Person visitor, String name, List<String> roles) {
    var account =
        Map.of(
            "email",
            name + "@example.test",
            "password",
            "correct horse battery",
            "name",
            name,
            "roles",
            roles);
    var answer = visitor.post("/api/accounts", account);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return visitor.withToken(answer.at("/accessToken").asString());
  }

  private Trial prepared(Market market, Step step, Way way) {
    // Who lets two holds expire gets no more, so whoever is late is somebody else each time.
    var late = way == Way.LATE || way == Way.LATE_MONEY;
    var buyer = late ? signUp(market.buyer().withToken(""), way.name(), List.of()) : market.buyer();
    var wish = Map.of("lines", List.of(Map.of("itemId", market.item(), "quantity", 1)));
    var held =
        buyer
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .post("/api/drops/" + market.drop() + "/orders", wish);
    assertThat(held.status()).as(held.toString()).isEqualTo(201);
    var order = held.at("/id").asString();
    if (way == Way.START || way == Way.DEPOSIT) {
      return new Trial(step, way, order, "", "");
    }
    if (way == Way.DEPOSIT_HERE || way == Way.DEPOSIT_RETURNED) {
      var payment = started(buyer, order, "bank-transfer").at("/id").asString();
      if (way == Way.DEPOSIT_RETURNED) {
        assertThat(arrived(market.seller(), payment).status()).isEqualTo(200);
        assertThat(refund(market.seller(), order).status()).isEqualTo(201);
      }
      return new Trial(step, way, order, payment, "");
    }
    var started = started(buyer, order, way == Way.TOSS ? Shop.TOSS : "kakaopay");
    var first = URI.create(started.at("/redirectUrl").asString());
    var page = way == Way.TOSS ? widgetUsed(buyer.withToken("").get(first.getPath())) : first;
    var back = browser.decide(page, "approve");
    switch (way) {
      case NO -> flip(page, order, "approve", "declined");
      case SILENCE -> flip(page, order, "approve", "done-lost");
      case SILENT_NO, SESSION_OVER -> flip(page, order, "approve", "failed-lost");
      case LATE_MONEY -> flip(page, order, "approve", "done-late");
      case REFUND -> flip(page, order, "approve", "wrong-amount");
      case REFUND_REFUSED -> {
        flip(page, order, "approve", "wrong-amount");
        flip(page, order, "cancel", "declined");
      }
      default -> {}
    }
    return new Trial(
        step,
        way,
        order,
        started.at("/id").asString(),
        back.getRawPath() + "?" + back.getRawQuery());
  }

  /** The page that a widget opens; its script comes from the simulator. */
  private URI widgetUsed(Answer page) {
    var script = SCRIPT.matcher(page.body());
    assertThat(script.find()).as(page.toString()).isTrue();
    return browser.widget(URI.create(script.group(1)), Stall.asked(page));
  }

  private static Answer start(Person buyer, String order, String gateway) {
    return buyer.post("/api/orders/" + order + "/payments", Map.of("gateway", gateway));
  }

  private static Answer arrived(Person seller, String payment) {
    return seller.post("/api/payments/" + payment + "/deposit");
  }

  private static Answer sentBack(Person seller, String payment) {
    return seller.post("/api/payments/" + payment + "/sent-back");
  }

  private static Answer refund(Person seller, String order) {
    return seller
        .with("Idempotency-Key", order)
        .post("/api/orders/" + order + "/refund", Map.of("returnStock", true));
  }

  private static Answer started(Person buyer, String order, String gateway) {
    var started = start(buyer, order, gateway);
    assertThat(started.status()).as(started.toString()).isEqualTo(201);
    return started;
  }

  private void flip(URI simulator, String order, String call, String fault) {
    browser.post(
        simulator.resolve("/simulator/switches"),
        Map.of("order", order, "call", call, "fault", fault, "delayMillis", 3_000));
  }

  /** Written whole or not at all, since the process reads it at any time. */
  private void plan(Trial trial) throws Exception {
    var draft = folder.resolve("draft");
    Files.writeString(draft, trial.step() + " " + trial.words());
    Files.move(draft, folder.resolve("plan"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Does what leads over the trial's step; the process may end before it has answered. */
  private void provoke(Trial trial, Market market) {
    switch (trial.way()) {
      case START -> quietly(() -> start(market.buyer(), trial.order(), "kakaopay"));
      case DEPOSIT -> quietly(() -> start(market.buyer(), trial.order(), "bank-transfer"));
      case DEPOSIT_HERE -> quietly(() -> arrived(market.seller(), trial.payment()));
      case DEPOSIT_RETURNED -> quietly(() -> sentBack(market.seller(), trial.payment()));
      case SELLER_REFUND -> {
        comeBack(trial, market);
        quietly(() -> refund(market.seller(), trial.order()));
      }
      case LATE -> {
        passDeadline(trial);
        comeBack(trial, market);
      }
      case LATE_MONEY -> {
        comeBack(trial, market);
        awaitPayment(trial, "FAILED");
        passDeadline(trial);
      }
      case SESSION_OVER -> {
        comeBack(trial, market);
        awaitPayment(trial, "FAILED");
        endSession(trial);
      }
      case LEFT -> endSession(trial);
      case RETURN, TOSS, NO, SILENCE, SILENT_NO, REFUND, REFUND_REFUSED -> comeBack(trial, market);
    }
  }

  private static void comeBack(Trial trial, Market market) {
    quietly(() -> market.buyer().withToken("").get(trial.back()));
  }

  private static void quietly(Runnable request) {
    try {
      request.run();
    } catch (UncheckedIOException e) {
      // The process has ended meanwhile, which is what this is about.
    }
  }

  private void passDeadline(Trial trial) {
    change(
        "update orders set held_until = clock_timestamp() - interval '1 s' where id = ?",
        trial.order());
    await("select state = 'EXPIRED' from orders where id = ?", trial.order());
  }

  private void endSession(Trial trial) {
    change(
        "update payments set session_ends = clock_timestamp() - interval '1 s' where id = ?",
        trial.payment());
  }

  private void change(String sql, String id) {
    assertThat(database.sql(sql).param(UUID.fromString(id)).update()).isEqualTo(1);
  }

  private void awaitPayment(Trial trial, String state) {
    await("select state = '%s' from payments where id = ?".formatted(state), trial.payment());
  }

  private void await(String sql, String id) {
    Waiting.until(() -> database.sql(sql).param(UUID.fromString(id)).query(Boolean.class).single());
  }

  /** Whoever got no answer asks again. */
  private void afterwards(Trial trial, Market market) {
    switch (trial.way()) {
      case START -> {
        var page = started(market.buyer(), trial.order(), "kakaopay").at("/redirectUrl").asString();
        var back = browser.decide(URI.create(page), "approve");
        market.buyer().withToken("").get(back.getRawPath() + "?" + back.getRawQuery());
      }
      case LEFT -> {}
      case DEPOSIT -> {
        var _ = start(market.buyer(), trial.order(), "bank-transfer");
        var payments = market.buyer().get("/api/orders/" + trial.order() + "/payments");
        var payment = payments.at("/0/id").asString();
        assertThat(arrived(market.seller(), payment).status()).isEqualTo(200);
      }
      case DEPOSIT_HERE ->
          assertThat(arrived(market.seller(), trial.payment()).status()).isEqualTo(200);
      case DEPOSIT_RETURNED ->
          assertThat(sentBack(market.seller(), trial.payment()).status()).isEqualTo(200);
      case SELLER_REFUND ->
          assertThat(refund(market.seller(), trial.order()).status()).isEqualTo(201);
      default -> assertThat(market.buyer().withToken("").get(trial.back()).status()).isEqualTo(303);
    }
  }

  private void check(List<Trial> trials, List<Instant> restarts, Market market) {
    Awaitility.await()
        .atMost(SETTLED_WITHIN)
        .untilAsserted(() ->
            assertThat(trials)
                .allSatisfy(trial ->
                    assertThat(standing(trial)).as(trial.toString()).isEqualTo(trial.way().ends)));
    var longest = Duration.ZERO;
    for (int i = 0; i < trials.size(); i++) {
      var took = Duration.between(restarts.get(i), settledAt(trials.get(i)));
      assertThat(took).as(trials.get(i).toString()).isLessThan(SETTLED_WITHIN);
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
    System.out.printf(
        "%d crashes, each settled within %.1f s%n", trials.size(), longest.toMillis() / 1000.0);
    Books.check(database);
    var audit = market.seller().get("/api/audit/drops/" + market.drop());
    assertThat(audit.at("/clean").asBoolean()).as(audit.toString()).isTrue();
  }

  /** The order's state once nothing is open any more, issued counting as paid. */
  private String standing(Trial trial) {
    return database
        .sql(
            """
            select case
                     when exists (select from payments p
                                  where p.order_id = o.id and p.unanswered_since is not null)
                       then 'OPEN'
                     when state = 'CONFIRMED' then 'PAID'
                     else state
                   end
            from orders o where id = ?
            """)
        .param(UUID.fromString(trial.order()))
        .query(String.class)
        .single();
  }

  private Instant settledAt(Trial trial) {
    return database
        .sql("select max(updated_at) from payments where order_id = ?")
        .param(UUID.fromString(trial.order()))
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }
}
