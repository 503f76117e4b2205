package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.MovedDeadline;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.allocation.Allocator;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request.Release;
import dev.seonchak.orders.Placed;
import dev.seonchak.orders.Placing;
import dev.seonchak.orders.Wish;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.OrderId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Buyers come back from 50 ms before to 50 ms after the deadline of the only piece, while sweepers
 * look for it and a rival wants it, on the whole platform.
 */
@OnPlatform
class RaceIT {
  private static final int WAVES = 10;

  /** As many as a drop may have items. */
  private static final int RACES = 50;

  private static final int LANDS_MILLIS = 50;
  private static final int DEADLINES_APART_MILLIS = 25;

  /** Orders that were to be paid, each with what the company has kept for it. */
  private static final String RACED =
      """
      select count(*)
      from orders o
        join payments p on p.order_id = o.id
        join (select tid, captured - cancelled as kept from simulator.sessions) c
          on c.tid = p.gateway_id
      where o.drop_id = any(:drops)
      """;

  @Autowired private Platform platform;
  @Autowired private Placing placing;
  @Autowired private Allocator allocator;
  @Autowired private Starting starting;
  @Autowired private Settling settling;
  @Autowired private JdbcClient database;
  private final Browser browser = new Browser();
  private final AtomicInteger rivals = new AtomicInteger();

  /** A buyer who has agreed to pay for the only piece of an item. */
  private record Runner(DropId drop, ItemId item, OrderId order, URI back) {}

  @Test
  void neverExpiresAnOrderThatIsPaid() throws Exception {
    var seller = platform.signUp(AccountRole.SELLER);
    var random = new Random(20261122);
    List<String> drops = new ArrayList<>();
    for (int wave = 0; wave < WAVES; wave++) {
      var drop = drop(seller);
      drops.add(drop.at("/id").asString());
      race(ready(drop), random);
    }
    var ids = drops.stream().map(UUID::fromString).toArray(UUID[]::new);
    awaitSettled(ids);
    check(ids);
    for (var drop : drops) {
      var audit = seller.get("/api/audit/drops/" + drop);
      assertThat(audit.at("/clean").asBoolean()).as(audit.toString()).isTrue();
    }
  }

  private static Answer drop(Person seller) {
    var items =
        IntStream.range(0, RACES)
            .mapToObj(i -> Map.of("name", "piece " + i, "price", 12_000, "capacity", 1))
            .toList();
    var draft =
        Map.of(
            "title", "Single pieces",
            "description", "",
            "kind", "GOODS",
            "items", items,
            "questions", List.of());
    var drop = seller.post("/api/drops", draft);
    assertThat(seller.post("/api/drops/" + drop.at("/id").asString() + "/publish").status())
        .isEqualTo(200);
    return drop;
  }

  private List<Runner> ready(Answer drop) throws Exception {
    var id = new DropId(UUID.fromString(drop.at("/id").asString()));
    List<Future<Runner>> runners = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var item : drop.at("/items")) {
        var piece = new ItemId(UUID.fromString(item.path("id").asString()));
        runners.add(threads.submit(() -> ready(id, piece)));
      }
    }
    List<Runner> all = new ArrayList<>();
    for (var runner : runners) {
      all.add(runner.get());
    }
    return all;
  }

  private Runner ready(DropId drop, ItemId item) throws InterruptedException {
    var buyer = person();
    var order = ((Placed.Held) place(drop, item, buyer)).id();
    var started = (Starting.Outcome.Started) starting.start(order, buyer, "kakaopay");
    return new Runner(drop, item, order, browser.decide(started.desktop(), "approve"));
  }

  private static AccountId person() {
    return new AccountId(UUID.randomUUID());
  }

  private Placed place(DropId drop, ItemId item, AccountId buyer) throws InterruptedException {
    var wish = new Wish(List.of(new Wish.Line(item, 1)), Map.of(), null);
    return placing.place(drop, buyer, UUID.randomUUID().toString(), wish);
  }

  private void race(List<Runner> runners, Random random) throws Exception {
    List<Future<Object>> over = new ArrayList<>();
    var first = Duration.ofMillis(300);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < runners.size(); i++) {
        var runner = runners.get(i);
        var deadline = due(runner, first.plusMillis((long) i * DEADLINES_APART_MILLIS));
        var lands = deadline.plusMillis(random.nextInt(2 * LANDS_MILLIS + 1) - LANDS_MILLIS);
        over.add(threads.submit(() -> comeBack(runner, lands)));
        over.add(threads.submit(() -> want(runner, deadline)));
        over.add(threads.submit(() -> sweep(runner, deadline)));
      }
    }
    for (var one : over) {
      one.get();
    }
  }

  /** Puts the deadline; the database's clock is this machine's. */
  private Instant due(Runner runner, Duration in) {
    Instant due =
        database
            .sql(
                """
                update orders set held_until = clock_timestamp() + :millis * interval '1 ms'
                where id = :id
                returning held_until
                """)
            .param("millis", in.toMillis())
            .param("id", runner.order().value())
            .query(OffsetDateTime.class)
            .single()
            .toInstant();
    MovedDeadline.follow(database, runner.order().value());
    return due;
  }

  private static void await(Instant moment) {
    while (Instant.now().isBefore(moment)) {
      LockSupport.parkNanos(Duration.between(Instant.now(), moment).toNanos());
    }
  }

  private Object comeBack(Runner runner, Instant lands) {
    await(lands);
    return settling.returned(Browser.token(runner.back()), Browser.parameters(runner.back()));
  }

  /** Tries until the piece is there, or clearly will not be. */
  private Object want(Runner runner, Instant deadline) throws InterruptedException {
    var rival = person();
    for (var next = deadline.minusMillis(20);
        next.isBefore(deadline.plusMillis(300));
        next = next.plusMillis(8)) {
      await(next);
      if (place(runner.drop(), runner.item(), rival) instanceof Placed.Held) {
        rivals.incrementAndGet();
        break;
      }
    }
    return rival;
  }

  /** One sweeper more than the platform's own, which looks five times a second. */
  private Object sweep(Runner runner, Instant deadline) throws InterruptedException {
    var release =
        new Release(
            new HolderId(runner.order().value()),
            new GroupId(runner.drop().value()),
            Set.of(new PoolId(runner.item().value())),
            Cause.EXPIRED);
    for (var next = deadline.minusMillis(5);
        next.isBefore(deadline.plusMillis(60));
        next = next.plusMillis(3)) {
      await(next);
      var _ = allocator.submit(release).join();
    }
    return release;
  }

  private void awaitSettled(UUID[] drops) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            count(
                    """
                    select count(*) from payments p join orders o on o.id = p.order_id
                    where o.drop_id = any(:drops) and p.unanswered_since is not null
                    """,
                    drops)
                == 0);
  }

  private void check(UUID[] drops) {
    long paid = count(RACED + " and o.state in ('PAID', 'CONFIRMED') and c.kept = 12000", drops);
    long expired = count(RACED + " and o.state = 'EXPIRED' and c.kept = 0", drops);
    System.out.printf(
        "%d races: %d paid, %d expired, %d rivals got the piece%n",
        WAVES * RACES, paid, expired, rivals.get());
    assertThat(
            count(
                RACED + " and o.state = 'EXPIRED' and (c.kept <> 0 or p.state = 'APPROVED')",
                drops))
        .as("orders both expired and paid")
        .isZero();
    assertThat(count(RACED + " and c.kept <> p.captured - p.refunded", drops))
        .as("payments whose company says something else")
        .isZero();
    assertThat(paid + expired).isEqualTo(WAVES * RACES);
    assertThat(expired).as("pieces that went to a rival").isEqualTo(rivals.get());
    // A race that always ends the same is none.
    assertThat(paid).isGreaterThan(20);
    assertThat(expired).isGreaterThan(20);
  }

  private long count(String sql, UUID[] drops) {
    return database.sql(sql).param("drops", drops).query(Long.class).single();
  }
}
