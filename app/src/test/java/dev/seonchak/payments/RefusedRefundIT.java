package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.payments.simulator.Simulator;
import dev.seonchak.shared.AccountRole;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refunds that a gateway refuses for good: nobody waits for them, and somebody sees to the money.
 */
@OnPlatform
class RefusedRefundIT {
  private static final Map<String, Object> ALL = Map.of("returnStock", true);

  @Autowired private Platform platform;
  @Autowired private Simulator simulator;
  @Autowired private JdbcClient database;
  @Autowired private Comparing comparing;

  private final Browser browser = new Browser();

  private void refuses(String order, int times) {
    browser.post(
        simulator.address().resolve("/simulator/switches"),
        Map.of("order", order, "call", "cancel", "fault", "declined", "times", times));
  }

  private static Answer payment(Person who, String order) {
    return who.get("/api/orders/" + order + "/payments");
  }

  private static void awaitRefused(Person who, String order) {
    Waiting.until(() -> !payment(who, order).at("/0/refused").isNull());
  }

  private static Answer sent(Person who, String payment, String refund) {
    return who.post("/api/payments/" + payment + "/sent-back", Map.of("refundId", refund));
  }

  private List<String> differences(String order) {
    return database
        .sql(
            """
            select d.kind from differences d join payments p on p.id = d.payment_id
            where p.order_id = ? and d.gone_at is null
            """)
        .param(UUID.fromString(order))
        .query(String.class)
        .list();
  }

  private void expect(Story story, long captured, long kept, long refunding, long refunded) {
    Waiting.until(() -> story.money().equals(List.of(captured, kept, refunding, refunded)));
    story.check();
  }

  @Test
  void leavesTheMoneyToBeRefundedInAnotherWay() {
    var story = Story.of(platform, Story.draft(3));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 0);
    refuses(order, PaymentLimits.REFUSED_FROM);

    var asked =
        story.refund(order, Map.of("lines", List.of(story.line(0, 1)), "returnStock", true));

    assertThat(asked.status()).isEqualTo(201);
    awaitRefused(story.seller, order);
    expect(story, 24_000, 24_000, 0, 0);
    var refused = payment(buyer, order).at("/0/refused");
    assertThat(refused.at("/refundId").asString()).isEqualTo(asked.at("/id").asString());
    assertThat(refused.at("/amount").asLong()).isEqualTo(12_000);
    assertThat(refused.at("/why").asString()).contains("-781");
    assertThat(story.order(buyer, order).at("/refunded").asLong()).isZero();
    assertThat(story.order(buyer, order).at("/refunds/0/refused").asBoolean()).isTrue();
    assertThat(story.free(0)).as("what went back on sale stays there").isEqualTo(2);
    assertThat(story.history(buyer, order)).endsWith("REFUND_REFUSED by PLATFORM");
    assertThat(differences(order)).containsExactly("REFUND_REFUSED");
    assertThat(story.seller.get("/seller/drops/" + story.drop).body()).contains("REFUSED");
    comparing.round();
    assertThat(differences(order)).as("as long as nobody sees to it").isNotEmpty();

    var again = story.refund(order, Map.of("amount", 12_000, "returnStock", false));

    assertThat(again.status()).as(again.toString()).isEqualTo(201);
    expect(story, 24_000, 12_000, 0, 12_000);
    assertThat(story.moved(simulator.address(), order)).containsExactly(24_000L, -12_000L);
    assertThat(payment(buyer, order).at("/0/refused").isNull()).isTrue();
    assertThat(sent(story.seller, id(order), asked.at("/id").asString()).problem())
        .as("it was refunded in another way")
        .isEqualTo("nothing-owed");
    comparing.round();
    assertThat(differences(order)).isEmpty();
  }

  private String id(String order) {
    return database
        .sql("select id from payments where order_id = ? and captured > 0")
        .param(UUID.fromString(order))
        .query(String.class)
        .single();
  }

  @Test
  void countsWhatWasSentByHandAndNeverAsksTheGatewayForItAgain() {
    var story = Story.of(platform, Story.draft(3));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 0);
    refuses(order, PaymentLimits.REFUSED_FROM);
    assertThat(buyer.delete("/api/orders/" + order).status()).isEqualTo(204);
    awaitRefused(buyer, order);
    assertThat(story.state(buyer, order)).as("its units are gone").isEqualTo("REFUNDED");
    expect(story, 24_000, 24_000, 0, 0);
    assertThat(buyer.get("/orders/" + order).body())
        .contains("did not give ₩24,000 back")
        .doesNotContain("No money goes back");
    assertThat(story.seller.get("/seller/orders/" + order).body())
        .contains("I have sent ₩24,000 by hand");
    var payment = payment(buyer, order).at("/0/id").asString();
    var refund = payment(buyer, order).at("/0/refused/refundId").asString();
    for (var stranger : List.of(buyer, platform.signUp(AccountRole.SELLER))) {
      assertThat(sent(stranger, payment, refund).problem()).isEqualTo("not-found");
    }
    assertThat(sent(story.seller, payment, UUID.randomUUID().toString()).problem())
        .isEqualTo("nothing-owed");

    for (int i = 0; i < 2; i++) {
      var sent = sent(story.seller, payment, refund);
      assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
      assertThat(sent.at("/refunded").asLong()).isEqualTo(24_000);
      assertThat(sent.at("/refused").isNull()).isTrue();
    }

    expect(story, 24_000, 0, 0, 24_000);
    assertThat(story.order(buyer, order).at("/refunded").asLong()).isEqualTo(24_000);
    assertThat(story.history(buyer, order))
        .endsWith("REFUND_REFUSED by PLATFORM", "SENT_BACK by SELLER");
    assertThat(story.refund(order, ALL).problem()).isEqualTo("cannot-refund");
    assertThat(story.moved(simulator.address(), order)).containsExactly(24_000L);
    comparing.round();
    assertThat(differences(order)).as("the gateway has what it has").isEmpty();
  }

  /** What the gateway has left is not what the order has left. */
  @Test
  void refundsAPartThroughTheGatewayAfterAnotherWentByHand() {
    var story = Story.of(platform, Story.draft(3));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 0);
    refuses(order, PaymentLimits.REFUSED_FROM);
    story.refund(order, Map.of("amount", 12_000, "returnStock", false));
    awaitRefused(buyer, order);
    var payment = payment(buyer, order).at("/0/id").asString();
    sent(story.seller, payment, payment(buyer, order).at("/0/refused/refundId").asString());
    expect(story, 24_000, 12_000, 0, 12_000);

    assertThat(story.refund(order, Map.of("amount", 12_001, "returnStock", false)).problem())
        .isEqualTo("refund-too-large");
    story.refund(order, Map.of("amount", 5_000, "returnStock", false));

    expect(story, 24_000, 7_000, 0, 17_000);
    assertThat(story.moved(simulator.address(), order)).containsExactly(24_000L, -5_000L);
    comparing.round();
    assertThat(differences(order)).isEmpty();
  }

  /** Late money is nobody's sale, so it stays owed until it went back in one way or the other. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void owesLateMoneyThatTheGatewayKeepsUntilItWentBack(boolean byHand) {
    var story = Story.of(platform, Story.draft(1));
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    browser.post(
        simulator.address().resolve("/simulator/switches"),
        Map.of("order", order, "call", "approve", "fault", "done-late", "delayMillis", 600_000));
    var started = buyer.post("/api/orders/" + order + "/payments", Map.of("gateway", "kakaopay"));
    var back = browser.decide(URI.create(started.at("/redirectUrl").asString()), "approve");
    platform.visitor().get(back.getPath() + "?" + back.getQuery());
    story.awaitState(buyer, order, "PENDING");
    assertThat(buyer.delete("/api/orders/" + order).status()).isEqualTo(204);
    refuses(order, PaymentLimits.REFUSED_FROM);
    database
        .sql(
            """
            update simulator.sessions set capture_at = clock_timestamp()
            where starts_with(partner_order, ?)
            """)
        .param(order)
        .update();

    awaitRefused(buyer, order);

    expect(story, 12_000, 0, 12_000, 0);
    assertThat(differences(order)).containsExactly("REFUND_REFUSED");
    var refund = payment(buyer, order).at("/0/refused/refundId").asString();
    if (byHand) {
      assertThat(sent(story.seller, id(order), refund).status()).isEqualTo(200);
      assertThat(story.history(buyer, order)).endsWith("SENT_BACK by SELLER");
    } else {
      // At the gateway's own desk, of which nobody tells us.
      database
          .sql(
              """
              update simulator.sessions set cancelled = captured, status = 'RETURNED'
              where starts_with(partner_order, ?)
              """)
          .param(order)
          .update();
      comparing.round();
    }
    expect(story, 12_000, 0, 0, 12_000);
    comparing.round();
    assertThat(differences(order)).isEmpty();
  }
}
