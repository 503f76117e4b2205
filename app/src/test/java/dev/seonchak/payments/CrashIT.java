package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.MovedDeadline;
import dev.seonchak.embedded.TestServers;
import dev.seonchak.payments.Crash.Way;
import dev.seonchak.payments.simulator.Halts;
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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The built jar is halted at every step of paying and refunding, through each gateway and by bank
 * transfer, and started again on what is left. Each end befalls a few orders that do not touch each
 * other, each of them at a step of its own. Once the jar has asked about what was due, or has had
 * time for it, it is driven into the next end.
 */
class CrashIT {
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
  private static final Duration DUE_SOON = Duration.ofSeconds(12);
  private static final Duration DUE_WAITED_FOR = Duration.ofSeconds(20);
  private static final Pattern SCRIPT = Pattern.compile("<script src=\"(http[^\"]+)\"");

  @TempDir private Path folder;
  private final TestServers.Database server = TestServers.freshDatabase();
  private final JdbcClient database =
      JdbcClient.create(
          new DriverManagerDataSource(server.jdbcUrl(), server.user(), server.password()));
  private final Browser browser = new Browser();

  /**
   * An order that a crash will befall.
   *
   * @param payment its id, empty when paying has not started
   * @param back path and query of the buyer's way back, empty when there is none
   * @param refund what the seller has to send back by hand, empty likewise
   */
  private record Trial(Crash crash, String order, String payment, String back, String refund) {
    private Way way() {
      return crash.way();
    }

    private String planned() {
      return crash.planned(order, payment);
    }
  }

  @Test
  void settlesAllMoneyWhereverItIsHalted() throws Exception {
    var node = start();
    try {
      var url = node.url();
      var markets =
          Crash.LANES.stream()
              .collect(Collectors.toMap(lane -> lane, lane -> Market.open(url, lane)));
      List<List<Trial>> groups = new ArrayList<>();
      for (var group : Crash.groups()) {
        groups.add(group.stream().map(crash -> prepared(crash, at(url, markets, crash))).toList());
      }
      List<Instant> restarts = new ArrayList<>();
      for (var group : groups) {
        letDueBeAsked(groups.subList(0, restarts.size()));
        halted(node, group, markets);
        node = start();
        restarts.add(now());
        for (var trial : group) {
          afterwards(trial, at(node.url(), markets, trial.crash()));
        }
      }
      check(groups, restarts);
      for (var market : markets.values()) {
        var audit = market.at(node.url()).audit();
        assertThat(audit.at("/clean").asBoolean()).as(audit.toString()).isTrue();
      }
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

  private static Market at(String url, Map<String, Market> markets, Crash crash) {
    return markets.get(crash.lane()).at(url);
  }

  /**
   * Waits while orders of earlier ends are due now or soon, since a reconciler that stands at the
   * next step asks about nobody else, and their time runs. Some are due again and again.
   */
  private void letDueBeAsked(List<List<Trial>> earlier) {
    var orders =
        earlier.stream().flatMap(List::stream).map(it -> UUID.fromString(it.order())).toList();
    try {
      Awaitility.await().atMost(DUE_WAITED_FOR).until(() -> !isDueSoon(orders));
    } catch (ConditionTimeoutException e) {
      // Then the next end comes all the same; the time of each order is checked afterwards.
    }
  }

  private boolean isDueSoon(List<UUID> orders) {
    return database
        .sql(
            """
            select exists (
              select from payments
              where order_id = any(:orders) and unanswered_since is not null
                and ask_at < clock_timestamp() + :soonMillis * interval '1 ms')
            """)
        .param("orders", orders.toArray(UUID[]::new))
        .param("soonMillis", DUE_SOON.toMillis())
        .query(Boolean.class)
        .single();
  }

  /** Goes all ways at once until the process ends with each of them at its step. */
  private void halted(JarNode node, List<Trial> group, Map<String, Market> markets)
      throws Exception {
    plan(group);
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (var trial : group) {
        var market = at(node.url(), markets, trial.crash());
        all.add(people.submit(() -> provoke(trial, market)));
      }
      assertThat(node.ends()).as("not reached: " + left()).isTrue();
      assertThat(node.exitCode()).as(group.toString()).isEqualTo(Halts.EXIT_CODE);
      for (var one : all) {
        one.get(SETTLED_WITHIN.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  /** Written whole or not at all, since the process reads it at any time. */
  private void plan(List<Trial> group) throws Exception {
    var draft = folder.resolve("draft");
    Files.write(draft, group.stream().map(Trial::planned).toList());
    Files.move(draft, folder.resolve("plan"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What of the plan has not happened. */
  private String left() throws Exception {
    var plan = folder.resolve("plan");
    return Files.exists(plan) ? Files.readString(plan) : "";
  }

  private Instant now() {
    return database
        .sql("select clock_timestamp()")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private Trial prepared(Crash crash, Market usual) {
    var way = crash.way();
    var market = way.isLate() ? usual.withBuyer(way.name()) : usual;
    var order = market.held();
    if (way == Way.START || way == Way.DEPOSIT) {
      return new Trial(crash, order, "", "", "");
    }
    var started = market.started(order, crash.through());
    var payment = started.at("/id").asString();
    if (crash.isByBank()) {
      return new Trial(
          crash,
          order,
          payment,
          "",
          way == Way.DEPOSIT_RETURNED ? refunded(market, order, payment) : "");
    }
    var page = page(crash, market, started);
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
      case SELLER_REFUND_REFUSED, SENT_BY_HAND ->
          flip(page, order, "cancel", "declined", PaymentLimits.REFUSED_FROM);
      default -> {}
    }
    var refused = way == Way.SENT_BY_HAND ? refused(market, order, pathAndQuery(back)) : "";
    return new Trial(crash, order, payment, pathAndQuery(back), refused);
  }

  /** Names the refund of an order whose gateway refuses to give the money back. */
  private static String refused(Market market, String order, String back) {
    assertThat(market.visitor().get(back).status()).isBetween(200, 303);
    assertThat(market.refund(order, Map.of("returnStock", true)).status()).isEqualTo(201);
    Waiting.until(() -> !market.refused(order).isEmpty());
    return market.refused(order);
  }

  /** Names the refund of an order that was paid by bank transfer. */
  private static String refunded(Market market, String order, String payment) {
    assertThat(market.arrived(payment).status()).isEqualTo(200);
    assertThat(market.refund(order, Map.of("returnStock", true)).status()).isEqualTo(201);
    return owed(market, payment);
  }

  /** What the seller has to send back by hand now. */
  private static String owed(Market market, String payment) {
    return market.arrived(payment).at("/deposit/refundId").asString();
  }

  /** Where the buyer decides; the script of a widget comes from the simulator. */
  private URI page(Crash crash, Market market, Answer started) {
    var first = URI.create(started.at("/redirectUrl").asString());
    if (!crash.isThroughToss()) {
      return first;
    }
    var answer = market.visitor().get(first.getPath());
    var script = SCRIPT.matcher(answer.body());
    assertThat(script.find()).as(answer.toString()).isTrue();
    return browser.widget(URI.create(script.group(1)), Stall.asked(answer));
  }

  private static String pathAndQuery(URI address) {
    return address.getRawPath() + "?" + address.getRawQuery();
  }

  private void flip(URI simulator, String order, String call, String fault) {
    flip(simulator, order, call, fault, 1);
  }

  private void flip(URI simulator, String order, String call, String fault, int times) {
    browser.post(
        simulator.resolve("/simulator/switches"),
        Map.of("order", order, "call", call, "fault", fault, "delayMillis", 3_000, "times", times));
  }

  /** Does what leads over the trial's step; the process may end before it has answered. */
  private void provoke(Trial trial, Market market) {
    switch (trial.way()) {
      case START, DEPOSIT -> quietly(() -> market.start(trial.order(), trial.crash().through()));
      case DEPOSIT_HERE -> quietly(() -> market.arrived(trial.payment()));
      case DEPOSIT_RETURNED, SENT_BY_HAND ->
          quietly(() -> market.sentBack(trial.payment(), trial.refund()));
      case DEPOSIT_LATE -> {
        passDeadline(trial);
        quietly(() -> market.arrived(trial.payment()));
      }
      case SELLER_REFUND, SELLER_REFUND_REFUSED, PART_REFUND -> {
        pay(trial, market);
        quietly(() -> refund(trial, market));
      }
      case LATE -> {
        passDeadline(trial);
        pay(trial, market);
      }
      case LATE_MONEY -> {
        pay(trial, market);
        awaitFailed(trial);
        passDeadline(trial);
      }
      case SESSION_OVER -> {
        pay(trial, market);
        awaitFailed(trial);
        endSession(trial);
      }
      case LEFT -> endSession(trial);
      case RETURN, NO, SILENCE, SILENT_NO, REFUND, REFUND_REFUSED -> pay(trial, market);
    }
  }

  private static void pay(Trial trial, Market market) {
    if (trial.back().isEmpty()) {
      quietly(() -> market.arrived(trial.payment()));
    } else {
      quietly(() -> market.visitor().get(trial.back()));
    }
  }

  private static Answer refund(Trial trial, Market market) {
    return market.refund(
        trial.order(),
        trial.way() == Way.PART_REFUND
            ? Map.of("amount", 5_000, "returnStock", false)
            : Map.of("returnStock", true));
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
    MovedDeadline.follow(database, UUID.fromString(trial.order()));
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

  private void awaitFailed(Trial trial) {
    await("select state = 'FAILED' from payments where id = ?", trial.payment());
  }

  private void await(String sql, String id) {
    Waiting.until(() -> database.sql(sql).param(UUID.fromString(id)).query(Boolean.class).single());
  }

  /** Whoever got no answer asks again. */
  private void afterwards(Trial trial, Market market) {
    var answer =
        switch (trial.way()) {
          case START -> {
            var started = market.started(trial.order(), trial.crash().through());
            var back = browser.decide(page(trial.crash(), market, started), "approve");
            yield market.visitor().get(pathAndQuery(back));
          }
          case DEPOSIT -> {
            var _ = market.start(trial.order(), trial.crash().through());
            yield market.arrived(market.payment(trial.order()));
          }
          case DEPOSIT_HERE, DEPOSIT_LATE -> market.arrived(trial.payment());
          case DEPOSIT_RETURNED, SENT_BY_HAND -> market.sentBack(trial.payment(), trial.refund());
          case SELLER_REFUND, SELLER_REFUND_REFUSED, PART_REFUND -> {
            var refunded = refund(trial, market);
            yield trial.crash().isByBank()
                ? market.sentBack(trial.payment(), owed(market, trial.payment()))
                : refunded;
          }
          default -> market.visitor().get(trial.back());
        };
    assertThat(answer.status()).as(trial + ": " + answer).isBetween(200, 303);
  }

  private void check(List<List<Trial>> groups, List<Instant> restarts) {
    var trials = groups.stream().flatMap(List::stream).toList();
    Awaitility.await()
        .atMost(SETTLED_WITHIN)
        .untilAsserted(() ->
            assertThat(trials)
                .allSatisfy(trial ->
                    assertThat(standing(trial)).as(trial.toString()).isEqualTo(trial.way().ends)));
    var longest = Duration.ZERO;
    for (int i = 0; i < groups.size(); i++) {
      for (var trial : groups.get(i)) {
        var took = Duration.between(restarts.get(i), settledAt(trial));
        assertThat(took).as(trial.toString()).isLessThan(SETTLED_WITHIN);
        longest = took.compareTo(longest) > 0 ? took : longest;
      }
    }
    System.out.printf(
        "%d crashes in %d ends, each settled within %.1f s%n",
        trials.size(), groups.size(), longest.toMillis() / 1000.0);
    Books.check(database);
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
