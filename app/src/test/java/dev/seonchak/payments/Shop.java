package dev.seonchak.payments;

import com.github.benmanes.caffeine.cache.Ticker;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.seonchak.MovedDeadline;
import dev.seonchak.embedded.TestServers;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.kakaopay.KakaoPay;
import dev.seonchak.payments.kakaopay.KakaoPaySettings;
import dev.seonchak.payments.postgres.PostgresComparisons;
import dev.seonchak.payments.postgres.PostgresPayments;
import dev.seonchak.payments.postgres.PostgresRefunds;
import dev.seonchak.payments.postgres.PostgresUnsettled;
import dev.seonchak.payments.simulator.Simulator;
import dev.seonchak.payments.toss.Toss;
import dev.seonchak.payments.toss.TossSettings;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The whole module on a real database, with the real adapters talking to the simulator over HTTP.
 */
final class Shop implements AutoCloseable {
  static final String KEY = "test-key";

  /** As patient as a busy machine asks for, and soon to ask again. */
  static final PaymentLimits LIMITS =
      new PaymentLimits(
          20,
          64,
          16,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          64 * 1024,
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMinutes(1),
          Duration.ofDays(7),
          Duration.ZERO,
          64 * 1024,
          8,
          Duration.ofMillis(50));

  static final String KAKAO_PAY = "kakaopay";
  static final String TOSS = "toss";

  final HikariDataSource source;
  final JdbcClient database;
  final SqlOrders orders;
  final Simulator simulator;
  final Wire wire;
  final KakaoPay kakaoPay;
  final Toss toss;
  final Hints hints;
  final Webhooks webhooks;
  final Payments payments;
  private final Refunds refunds;
  private final TransactionTemplate transaction;
  final Starting starting;
  final Verdicts verdicts;
  final Settling settling;
  final Refunding refunding;
  final Reconciler reconciler;
  final Comparing comparing;
  final Browser browser = new Browser();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final UUID pool;

  static Shop open(int pieces) {
    return new Shop(pieces, LIMITS);
  }

  Shop(int pieces, PaymentLimits limits) {
    var fresh = TestServers.freshDatabase();
    var config = new HikariConfig();
    config.setJdbcUrl(fresh.jdbcUrl());
    config.setUsername(fresh.user());
    config.setPassword(fresh.password());
    config.setMaximumPoolSize(20);
    source = new HikariDataSource(config);
    Flyway.configure().dataSource(source).load().migrate();
    database = JdbcClient.create(source);
    transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    orders = new SqlOrders(database, transaction);
    Ids ids = UUID::randomUUID;
    ReturnTokens tokens = () -> UUID.randomUUID().toString().replace("-", "");
    try {
      webhooks = new Webhooks();
      simulator =
          Simulator.start(
              JdbcClient.create(source),
              0,
              KEY,
              tokens::next,
              () -> Optional.of(webhooks.address()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    wire = new Wire(limits);
    kakaoPay = new KakaoPay(new KakaoPaySettings(simulator.address(), KEY, Simulator.CID), wire);
    toss =
        new Toss(
            new TossSettings(simulator.address(), KEY, Simulator.CLIENT_KEY, simulator.script()),
            wire);
    var gateways =
        new Gateways(
            List.of(new Bulkhead(kakaoPay, limits, meters), new Bulkhead(toss, limits, meters)));
    payments = new PostgresPayments(database);
    refunds = new PostgresRefunds(database);
    var unsettled = new PostgresUnsettled(database);
    var addresses = new ReturnAddresses(URI.create("http://shop.example"));
    starting = new Starting(payments, gateways, orders, addresses, ids, tokens, transaction);
    verdicts = new Verdicts(payments, refunds, orders, ids, limits, transaction);
    settling = new Settling(payments, unsettled, gateways, orders, verdicts, limits, transaction);
    refunding =
        new Refunding(
            refunds,
            (payment, refund, there, why) -> {
              throw new IllegalStateException("no refund is refused for good here: " + why);
            },
            unsettled,
            limits);
    reconciler = new Reconciler(unsettled, gateways, settling, refunding, limits, meters);
    comparing =
        new Comparing(new PostgresComparisons(database), unsettled, gateways, limits, meters);
    hints = new Hints(gateways, unsettled, limits, Ticker.systemTicker());
    webhooks.goTo(hints);
    pool = orders.pool(pieces);
  }

  /** A reconciler of a process that knows only these gateways. */
  Reconciler reconciler(List<Gateway> known, MeterRegistry meters) {
    var gateways = new Gateways(known);
    return new Reconciler(
        new PostgresUnsettled(database), gateways, settling, refunding, LIMITS, meters);
  }

  @Override
  public void close() {
    reconciler.close();
    wire.close();
    simulator.close();
    webhooks.close();
    source.close();
  }

  AccountId buyer() {
    return new AccountId(UUID.randomUUID());
  }

  OrderId held(AccountId buyer, Duration hold) {
    return orders.held(pool, buyer, 12_000, hold.toMillis());
  }

  /** A buyer with an order who has been to the gateway and agreed, and is about to come back. */
  Return agreed(Duration hold) {
    return agreed(KAKAO_PAY, hold);
  }

  Return agreed(String gateway, Duration hold) {
    var buyer = buyer();
    return agreed(gateway, held(buyer, hold), buyer);
  }

  Return agreed(OrderId order, AccountId buyer) {
    return agreed(KAKAO_PAY, order, buyer);
  }

  Return agreed(String gateway, OrderId order, AccountId buyer) {
    var page = started(gateway, order, buyer);
    return new Return(order, buyer, browser.decide(page, "approve"));
  }

  URI started(OrderId order, AccountId buyer) {
    return started(KAKAO_PAY, order, buyer);
  }

  /** The gateway's page on which the buyer decides. */
  URI started(String gateway, OrderId order, AccountId buyer) {
    var outcome = (Starting.Outcome.Started) starting.start(order, buyer, gateway);
    return gateway.equals(TOSS)
        ? widgetUsed(payments.find(outcome.payment()).orElseThrow(), outcome.desktop())
        : outcome.desktop();
  }

  /** What the widget's script does in a browser once the buyer presses its button. */
  private URI widgetUsed(Payment payment, URI page) {
    var back = page.toString().replace("/widget", "");
    var asked =
        Map.of(
            "clientKey",
            Simulator.CLIENT_KEY,
            "amount",
            Long.toString(payment.amount().amount()),
            "orderId",
            toss.reference(payment),
            "orderName",
            "A lamp",
            "successUrl",
            back,
            "failUrl",
            back + "/fail");
    return browser.widget(simulator.address(), asked);
  }

  /** What a return address says. */
  record Return(OrderId order, AccountId buyer, URI address) {
    String token() {
      return Browser.token(address);
    }

    Map<String, String> parameters() {
      return Browser.parameters(address);
    }
  }

  Payment comeBack(Return back) {
    return settling.returned(back.token(), back.parameters()).orElseThrow();
  }

  /**
   * Puts a refund of an APPROVED payment on record, as a seller's is.
   *
   * @return false when the payment has not that much left, or a refund is under way
   */
  boolean refund(PaymentId id, long amount) {
    return Boolean.TRUE.equals(
        transaction.execute(status -> {
          orders.lock(payments.find(id).orElseThrow().order());
          var now = payments.find(id).orElseThrow();
          var kept = now.captured().amount() - now.refunded().amount();
          return amount <= kept
              && refunds.refunding(
                  id,
                  Set.of(State.APPROVED),
                  now.captured(),
                  new Refunds.Refund(UUID.randomUUID(), new Money(amount), Reason.SELLER));
        }));
  }

  void flip(OrderId order, String call, String fault, long delayMillis) {
    browser.post(
        simulator.address().resolve("/simulator/switches"),
        Map.of(
            "order", order.toString(), "call", call, "fault", fault, "delayMillis", delayMillis));
  }

  /** The gateway takes at once the money that it was to take late. */
  void captureNow(OrderId order) {
    database
        .sql(
            """
            update simulator.sessions set capture_at = clock_timestamp()
            where starts_with(partner_order, ?) and capture_at is not null
            """)
        .param(order.toString())
        .update();
  }

  /** Moves the deadline of an order into the past. */
  void passDeadline(OrderId order) {
    database
        .sql("update orders set held_until = clock_timestamp() - interval '1 s' where id = ?")
        .param(order.value())
        .update();
    MovedDeadline.follow(database, order.value());
  }

  Payment payment(Return back) {
    return payments.byToken(back.token()).orElseThrow();
  }

  /** Lets the reconciler look until a payment is in a state. */
  Payment reconciled(Return back, Payment.State wanted) {
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (payment(back).state() != wanted) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still " + payment(back) + ", wanted " + wanted);
      }
      reconciler.pass();
      Thread.onSpinWait();
    }
    return payment(back);
  }

  /** Whether at least one buyer's call to the gateway has not come back yet. */
  boolean callIsUnderWay() {
    return meters.get("seonchak.gateway.calls.free").tag("gateway", KAKAO_PAY).gauge().value() < 1;
  }

  double gauge(String name) {
    var gauge = meters.find(name).gauge();
    return gauge == null ? 0 : gauge.value();
  }

  /** Captured and cancelled at the simulated company, in won, for one order. */
  List<Long> ledger(OrderId order) {
    return browser.ledger(simulator.address(), order.toString());
  }
}
