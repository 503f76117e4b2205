package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.MovedDeadline;
import dev.seonchak.OnPlatform;
import dev.seonchak.Platform;
import dev.seonchak.payments.simulator.Simulator;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** However a buyer comes back, it ends in one clear page and at most one capture. */
@OnPlatform
class ReturnsIT {
  @Autowired private Platform platform;
  @Autowired private Simulator simulator;
  @Autowired private JdbcClient database;

  private Stall stall(int capacity) {
    return new Stall(platform, simulator, capacity);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void capturesOnceWhenTheButtonIsPressedTwice(String gateway) throws Exception {
    var stall = stall(3);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var back = stall.agreed(buyer, order, gateway);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        var _ = threads.submit(() -> platform.visitor().get(back));
      }
    }
    Stall.awaitPaid(buyer, order);
    assertThat(stall.result(back)).contains("Your order is paid");
    assertThat(stall.ledger(order)).containsExactly(12_000L);
  }

  @Test
  void capturesOnceWhenTwoTabsPayThroughDifferentGateways() throws Exception {
    var stall = stall(3);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var tabs = new ArrayList<String>();
    for (int i = 0; i < 2; i++) {
      tabs.add(stall.agreed(buyer, order, Shop.KAKAO_PAY));
      tabs.add(stall.agreed(buyer, order, Shop.TOSS));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var tab : tabs) {
        var _ = threads.submit(() -> platform.visitor().get(tab));
      }
    }
    Stall.awaitPaid(buyer, order);
    assertThat(stall.ledger(order)).containsExactly(12_000L);
    for (var tab : tabs) {
      assertThat(stall.result(tab)).containsAnyOf("Your order is paid", "Nothing was charged");
    }
    assertThat(stall.ledger(order)).containsExactly(12_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void leadsTheBackButtonToWhereThePaymentStands(String gateway) {
    var stall = stall(3);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var first = stall.started(buyer, order, gateway);
    var page = stall.page(buyer, order, gateway);
    var back = stall.decided(page, "approve");
    assertThat(stall.result(back)).contains("Your order is paid");
    // Back to the gateway's page, where another button is pressed: it leads here again.
    assertThat(stall.decided(page, "decline")).isEqualTo(back);
    assertThat(stall.result(back)).contains("Your order is paid");
    // Back further, to the attempt that was started before and left.
    if (gateway.equals(Shop.TOSS)) {
      assertThat(platform.visitor().get(first.getPath()).header("Location")).endsWith("/result");
    }
    assertThat(stall.ledger(order)).containsExactly(12_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void tellsAnotherBrowserTheOutcomeAndNothingElse(String gateway) {
    var stall = stall(3);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var back = stall.agreed(buyer, order, gateway);
    var stranger = platform.signUp();
    assertThat(stranger.get(back).header("Location")).endsWith("/result");
    assertThat(stall.result(back)).contains("Your order is paid").doesNotContain(buyer.email());
    assertThat(buyer.get(back).header("Location")).isEqualTo("/orders/" + order);
    assertThat(stall.ledger(order)).containsExactly(12_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void holdsAgainAfterTheDeadlineWhileThereIsStock(String gateway) {
    var stall = stall(1);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var back = stall.agreed(buyer, order, gateway);
    passDeadline(order);
    assertThat(stall.result(back)).contains("Your order is paid");
    assertThat(stall.ledger(order)).containsExactly(12_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void chargesNothingAfterTheDeadlineWhenEverythingIsSold(String gateway) {
    var stall = stall(1);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var back = stall.agreed(buyer, order, gateway);
    passDeadline(order);
    Waiting.until(() -> Stall.state(buyer, order).equals("EXPIRED"));
    stall.held(platform.signUp());
    assertThat(stall.result(back)).contains("could not be held again. Nothing was charged");
    assertThat(stall.result(back)).contains("could not be held again. Nothing was charged");
    assertThat(stall.ledger(order)).isEmpty();
  }

  private void passDeadline(String order) {
    database
        .sql("update orders set held_until = clock_timestamp() - interval '1 s' where id = ?")
        .param(UUID.fromString(order))
        .update();
    MovedDeadline.follow(database, UUID.fromString(order));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KAKAO_PAY, Shop.TOSS})
  void letsABuyerTurnBackAndPayAfterAll(String gateway) {
    var stall = stall(3);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var left = stall.decided(stall.page(buyer, order, gateway), "close");
    assertThat(stall.result(left)).contains("You turned back");
    var refused = stall.decided(stall.page(buyer, order, gateway), "decline");
    assertThat(stall.result(refused)).contains("did not go through");
    assertThat(Stall.state(buyer, order)).isEqualTo("PENDING");
    assertThat(stall.result(stall.agreed(buyer, order, gateway))).contains("Your order is paid");
    assertThat(stall.ledger(order)).containsExactly(12_000L);
  }

  @Test
  void opensTheWidgetWithWhatOurRowsSay() {
    var title = "<Lamps> & \"more\"";
    var stall = new Stall(platform, simulator, 3, title);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var first = stall.started(buyer, order, Shop.TOSS);
    var page = platform.visitor().get(first.getPath());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("<Lamps>");
    assertThat(page.header("Content-Security-Policy"))
        .contains("script-src 'self' " + simulator.address())
        .doesNotContain("unsafe-eval");
    assertThat(page.headers().allValues("Content-Security-Policy")).hasSize(1);
    assertThat(page.header("Cache-Control")).contains("no-store");
    var data = Stall.data(page);
    assertThat(data)
        .containsEntry("order-name", title)
        .containsEntry("amount", "12000")
        .containsEntry("client-key", Simulator.CLIENT_KEY);
    assertThat(data.get("order-id")).startsWith(order);
    assertThat(URI.create(data.get("success-url")).getPath() + "/widget")
        .isEqualTo(first.getPath());
    assertThat(platform.visitor().get("/assets/toss.js").status()).isEqualTo(200);
    // A payment of another gateway has no such page, and one that nobody knows neither.
    var other = stall.agreed(buyer, order, Shop.KAKAO_PAY);
    var path = other.substring(0, other.indexOf('?')) + "/widget";
    assertThat(platform.visitor().get(path).header("Location")).endsWith("/result");
    assertThat(platform.visitor().get("/pay/guessed/widget").header("Location"))
        .isEqualTo("/pay/guessed/result");
  }

  @Test
  void offersEveryGatewayOnThePageOfTheOrder() {
    var stall = stall(3);
    var buyer = platform.signUp();
    var page = buyer.get("/orders/" + stall.held(buyer)).body();
    assertThat(page).contains("with KakaoPay", "with Toss Payments");
    assertThat(page).contains("{&quot;gateway&quot;:&quot;toss&quot;}");
  }

  @Test
  void givesWhoKeepsComingBackAfterTheDeadlineTimeOnce() {
    var stall = stall(3);
    var buyer = platform.signUp();
    var order = stall.held(buyer);
    var first = stall.agreed(buyer, order, Shop.KAKAO_PAY);
    var second = stall.agreed(buyer, order, Shop.KAKAO_PAY);
    new Browser()
        .post(
            simulator.address().resolve("/simulator/switches"),
            Map.of("order", order, "call", "approve", "fault", "declined"));
    passDeadline(order);
    assertThat(stall.result(first)).contains("Nothing was charged");
    assertThat(Stall.state(buyer, order)).as("time to pay in another way").isEqualTo("PENDING");
    passDeadline(order);

    assertThat(stall.result(second)).contains("Nothing was charged");

    Waiting.until(() -> Stall.state(buyer, order).equals("EXPIRED"));
    assertThat(stall.ledger(order)).isEmpty();
  }
}
