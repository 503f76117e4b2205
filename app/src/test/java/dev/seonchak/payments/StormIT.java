package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.MovedDeadline;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.payments.simulator.Simulator;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything that can move an order's money at once, for many orders of one small stock: buyers who
 * come back twice and cancel, deadlines that pass, sellers who refund in parts, hints, and gateways
 * that lose, refuse and delay. Whatever came of it, both books agree and nothing is sold twice.
 */
@OnPlatform
class StormIT {
  private static final int ORDERS = 16;
  private static final int MILLIS = 1_500;

  private static final List<String> APPROVING =
      List.of("none", "none", "done-lost", "open-lost", "done-500", "in-progress", "declined");

  private static final List<String> CANCELLING =
      List.of("none", "done-lost", "open-500", "declined", "done-500");

  @Autowired private Platform platform;
  @Autowired private Simulator simulator;
  @Autowired private JdbcClient database;
  @Autowired private Unsettled unsettled;
  @Autowired private Payments payments;
  @Autowired private Comparing comparing;

  private final Browser browser = new Browser();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void leavesNoMoneyLostDoubledOrStuck(long seed) throws InterruptedException {
    var story = Story.of(platform, Story.draft(ORDERS));
    var stall = new Stall(platform, simulator, 1);
    var random = new Random(seed);
    var orders = new ArrayList<String>();
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ORDERS; i++) {
        var buyer = platform.signUp();
        var order = story.held(buyer, 1, random.nextInt(2));
        orders.add(order);
        faults(order, random);
        for (var act : acts(story, stall, buyer, order, random)) {
          var wait = Duration.ofMillis(random.nextInt(MILLIS));
          var _ =
              threads.submit(() -> {
                go.await();
                LockSupport.parkNanos(wait.toNanos());
                act.run();
                return true;
              });
        }
      }
      go.countDown();
      threads.shutdown();
      assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }

    for (var order : orders) {
      Waiting.until(() -> nothingIsToCome(order));
    }
    // Whoever was refused a capture in passing would be asked about for a quarter of an hour.
    database
        .sql("update payments set session_ends = clock_timestamp() where state = 'FAILED'")
        .update();
    for (var order : orders) {
      Waiting.until(() -> isQuiet(order) && there(order) == here(order));
    }
    story.check();
    comparing.round();
    assertThat(
            database
                .sql(
                    "select kind from differences where gone_at is null and kind <> 'REFUND_REFUSED'")
                .query(String.class)
                .list())
        .isEmpty();
  }

  private void faults(String order, Random random) {
    fault(order, "approve", APPROVING.get(random.nextInt(APPROVING.size())), 1);
    fault(
        order, "cancel", CANCELLING.get(random.nextInt(CANCELLING.size())), 1 + random.nextInt(4));
  }

  private void fault(String order, String call, String fault, int times) {
    if (!fault.equals("none")) {
      browser.post(
          simulator.address().resolve("/simulator/switches"),
          Map.of("order", order, "call", call, "fault", fault, "times", times, "delayMillis", 700));
    }
  }

  /** What happens to one order, all at about the same time. */
  private List<Runnable> acts(Story story, Stall stall, Person buyer, String order, Random random) {
    var gateways = List.of(Shop.KAKAO_PAY, Shop.TOSS);
    var acts = new ArrayList<Runnable>();
    for (int tab = 0; tab < 2; tab++) {
      var back = stall.agreed(buyer, order, gateways.get(random.nextInt(2)));
      acts.add(() -> platform.visitor().get(back));
      acts.add(() -> platform.visitor().get(back));
    }
    for (int i = 0; i < 4; i++) {
      acts.add(() -> hint(order));
      var ask = ask(story, random);
      acts.add(() -> story.refund(order, ask));
    }
    if (random.nextInt(3) == 0) {
      acts.add(() -> buyer.delete("/api/orders/" + order));
    }
    if (random.nextInt(2) == 0) {
      acts.add(() -> passDeadline(order));
      var rival = Story.keyed(platform.signUp());
      var wish = Map.of("lines", List.of(story.line(0, 1)));
      acts.add(() -> rival.post("/api/drops/" + story.drop + "/orders", wish));
    }
    return acts;
  }

  private static Map<String, Object> ask(Story story, Random random) {
    var ask = new HashMap<String, Object>();
    ask.put("returnStock", random.nextBoolean());
    switch (random.nextInt(3)) {
      case 0 -> ask.put("lines", List.of(story.line(0, 1)));
      case 1 -> {
        ask.put("amount", 1_000 * (1 + random.nextInt(12)));
        ask.put("returnStock", false);
      }
      default -> {
        // All that is left.
      }
    }
    return ask;
  }

  private void hint(String order) {
    payments
        .of(new OrderId(UUID.fromString(order)))
        .forEach(payment -> unsettled.askWithin(payment.id(), Duration.ZERO));
  }

  private void passDeadline(String order) {
    database
        .sql(
            """
            update orders set held_until = clock_timestamp()
            where id = ? and state = 'PENDING'
            """)
        .param(UUID.fromString(order))
        .update();
    MovedDeadline.follow(database, UUID.fromString(order));
  }

  /** No gateway will capture anything for the order by itself. */
  private boolean nothingIsToCome(String order) {
    return database
        .sql(
            """
            select not exists (
              select from simulator.sessions
              where starts_with(partner_order, ?) and capture_at is not null)
            """)
        .param(order)
        .query(Boolean.class)
        .single();
  }

  /** Nobody waits for an answer about the order. */
  private boolean isQuiet(String order) {
    return database
        .sql(
            """
            select not exists (
              select from payments
              where order_id = ?
                and (unanswered_since is not null or state = 'FAILED' and ask_at is not null))
            """)
        .param(UUID.fromString(order))
        .query(Boolean.class)
        .single();
  }

  private long there(String order) {
    return browser.ledger(simulator.address(), order).stream().mapToLong(Long::longValue).sum();
  }

  private long here(String order) {
    return database
        .sql(
            """
            select coalesce(sum(l.amount), 0)
            from ledger l join payments p on p.id = l.payment_id
            where p.order_id = ? and l.account = 'GATEWAY'
            """)
        .param(UUID.fromString(order))
        .query(Long.class)
        .single();
  }
}
