package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.MovedDeadline;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.payments.simulator.Simulator;
import dev.seonchak.shared.AccountRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Buyers pay over the public interface, on the whole platform. */
@OnPlatform
class PurchaseIT {
  @Autowired private Platform platform;
  @Autowired private Simulator simulator;
  @Autowired private JdbcClient database;
  private final Browser browser = new Browser();

  /** A published drop of one item. */
  private record Sale(Person seller, String drop, String item) {}

  private Sale sale(int capacity, List<Map<String, Object>> questions) {
    var seller = platform.signUp(AccountRole.SELLER);
    var drop =
        Map.of(
            "title",
            "Lamps",
            "description",
            "Made by hand.",
            "kind",
            "GOODS",
            "items",
            List.of(Map.of("name", "lamp", "price", 12_000, "capacity", capacity)),
            "questions",
            questions);
    var made = seller.post("/api/drops", drop);
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    var id = made.at("/id").asString();
    var published = seller.post("/api/drops/" + id + "/publish");
    assertThat(published.status()).as(published.toString()).isLessThan(300);
    return new Sale(seller, id, seller.get("/api/drops/" + id).at("/items/0/id").asString());
  }

  private String held(Sale sale, Person buyer) {
    var wish = Map.of("lines", List.of(Map.of("itemId", sale.item(), "quantity", 1)));
    var answer =
        buyer
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .post("/api/drops/" + sale.drop() + "/orders", wish);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.at("/id").asString();
  }

  private static Answer started(Person buyer, String order) {
    return buyer.post("/api/orders/" + order + "/payments", Map.of("gateway", "kakaopay"));
  }

  /** Starts paying and agrees on the gateway's page; the path and query of the way back. */
  private String agreed(Person buyer, String order) {
    var answer = started(buyer, order);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    var back = browser.decide(URI.create(answer.at("/redirectUrl").asString()), "approve");
    return back.getPath() + "?" + back.getQuery();
  }

  private static String state(Person buyer, String order) {
    return buyer.get("/api/orders/" + order).at("/state").asString();
  }

  private static void awaitState(Person buyer, String order, String... states) {
    Waiting.until(() -> List.of(states).contains(state(buyer, order)));
  }

  private String result(String back) {
    return platform.visitor().get(back.substring(0, back.indexOf('?')) + "/result").body();
  }

  @Test
  void buysFromHoldToConfirmed() {
    var sale = sale(3, List.of());
    var buyer = platform.signUp();
    var order = held(sale, buyer);
    var back = agreed(buyer, order);
    var redirected = platform.visitor().get(back);
    assertThat(redirected.status()).isEqualTo(303);
    assertThat(redirected.header("Location")).endsWith("/result");
    assertThat(result(back)).contains("Paid");
    awaitState(buyer, order, "CONFIRMED");
    assertThat(browser.ledger(simulator.address(), order)).containsExactly(12_000L);
    // Again, in the buyer's own browser: nothing changes, and the way leads to the order.
    var again = buyer.get(back);
    assertThat(again.status()).isEqualTo(303);
    assertThat(again.header("Location")).isEqualTo("/orders/" + order);
    assertThat(browser.ledger(simulator.address(), order)).containsExactly(12_000L);
    assertThat(started(buyer, order).problem()).isEqualTo("not-payable");
    assertThat(started(buyer, order).at("/state").asString()).isEqualTo("CONFIRMED");
  }

  @Test
  void refusesToStartWhatCannotBePaid() {
    var sale = sale(3, List.of());
    var buyer = platform.signUp();
    var order = held(sale, buyer);
    assertThat(started(platform.signUp(), order).status()).isEqualTo(404);
    assertThat(started(platform.visitor(), order).status()).isEqualTo(401);
    assertThat(started(buyer, UUID.randomUUID().toString()).problem()).isEqualTo("not-found");
    var path = "/api/orders/" + order + "/payments";
    assertThat(buyer.post(path, Map.of("gateway", "gold")).problem()).isEqualTo("invalid");
    assertThat(buyer.post(path, Map.of()).status()).isEqualTo(422);
    assertThat(buyer.post(path, "{\"gateway\":\"kakaopay\",\"amount\":1}").status())
        .isBetween(400, 422);
    assertThat(buyer.post(path, "{\"gateway\":7}").status()).isBetween(400, 422);
    assertThat(buyer.post("/api/orders/x/payments", Map.of("gateway", "kakaopay")).status())
        .isBetween(400, 404);
    buyer.delete("/api/orders/" + order);
    assertThat(started(buyer, order).problem()).isEqualTo("not-payable");
  }

  @Test
  void asksForTheFormBeforePaying() {
    var size =
        Map.<String, Object>of("id", "size", "label", "Size", "type", "TEXT", "required", true);
    var sale = sale(3, List.of(size));
    var buyer = platform.signUp();
    var order = held(sale, buyer);
    assertThat(started(buyer, order).problem()).isEqualTo("form-incomplete");
    assertThat(started(buyer, order).at("/questions/0").asString()).isEqualTo("size");
    assertThat(
            buyer
                .put("/api/orders/" + order + "/answers", Map.of("answers", Map.of("size", "M")))
                .status())
        .isLessThan(300);
    assertThat(started(buyer, order).status()).isEqualTo(201);
    // Whoever has paid for it meanwhile cannot have left the form empty.
    var emptied = buyer.put("/api/orders/" + order + "/answers", Map.of("answers", Map.of()));
    assertThat(emptied.status()).isEqualTo(409);
    assertThat(emptied.problem()).isEqualTo("form-incomplete");
    assertThat(emptied.at("/questions/0").asString()).isEqualTo("size");
  }

  @Test
  void capturesOnceInManyTabs() throws Exception {
    var sale = sale(3, List.of());
    var buyer = platform.signUp();
    var order = held(sale, buyer);
    var tabs = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      tabs.add(agreed(buyer, order));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        var tab = tabs.get(i % 4);
        var _ = threads.submit(() -> platform.visitor().get(tab));
      }
    }
    awaitState(buyer, order, "PAID", "CONFIRMED");
    assertThat(browser.ledger(simulator.address(), order)).containsExactly(12_000L);
    for (var tab : tabs) {
      assertThat(platform.visitor().get(tab).status()).isEqualTo(303);
      assertThat(result(tab)).containsAnyOf("Paid", "Not charged");
    }
  }

  @Test
  void findsOutWhatBecameOfALostAnswer() {
    var sale = sale(3, List.of());
    var buyer = platform.signUp();
    var order = held(sale, buyer);
    var back = agreed(buyer, order);
    flip(order, "approve", "done-lost");
    // Long enough to look at what the buyer sees meanwhile.
    for (int i = 0; i < 4; i++) {
      flip(order, "order", "open-500");
    }
    platform.visitor().get(back);
    assertThat(result(back)).contains("Being confirmed");
    assertThat(buyer.delete("/api/orders/" + order).problem()).isEqualTo("payment-in-progress");
    database.sql("delete from simulator.switches where partner_order = ?").param(order).update();
    awaitState(buyer, order, "PAID", "CONFIRMED");
    assertThat(browser.ledger(simulator.address(), order)).containsExactly(12_000L);
  }

  @Test
  void refundsWhatIsNotTheAmount() {
    var sale = sale(3, List.of());
    var buyer = platform.signUp();
    var order = held(sale, buyer);
    var back = agreed(buyer, order);
    flip(order, "approve", "wrong-amount");
    platform.visitor().get(back);
    Waiting.until(() -> result(back).contains("went back in full"));
    assertThat(state(buyer, order)).isEqualTo("PENDING");
    assertThat(browser.ledger(simulator.address(), order)).containsExactly(12_001L, -12_001L);
  }

  @Test
  void letsABuyerTurnBackAndPayAfterAll() {
    var sale = sale(3, List.of());
    var buyer = platform.signUp();
    var order = held(sale, buyer);
    var page = URI.create(started(buyer, order).at("/redirectUrl").asString());
    var back = browser.decide(page, "close").getPath();
    assertThat(platform.visitor().get(back).status()).isEqualTo(303);
    assertThat(state(buyer, order)).isEqualTo("PENDING");
    platform.visitor().get(agreed(buyer, order));
    awaitState(buyer, order, "PAID", "CONFIRMED");
  }

  @Test
  void holdsAgainAfterTheDeadlineWhileThereIsStockAndElseChargesNothing() {
    var sale = sale(1, List.of());
    var buyer = platform.signUp();
    var order = held(sale, buyer);
    var back = agreed(buyer, order);
    passDeadline(order);
    platform.visitor().get(back);
    awaitState(buyer, order, "PAID", "CONFIRMED");

    var other = sale(1, List.of());
    var slow = held(other, buyer);
    var late = agreed(buyer, slow);
    passDeadline(slow);
    awaitState(buyer, slow, "EXPIRED");
    held(other, platform.signUp());
    platform.visitor().get(late);
    assertThat(result(late)).contains("Nothing was charged");
    assertThat(state(buyer, slow)).isEqualTo("EXPIRED");
    assertThat(browser.ledger(simulator.address(), slow)).isEmpty();
  }

  private void passDeadline(String order) {
    database
        .sql("update orders set held_until = clock_timestamp() - interval '1 s' where id = ?")
        .param(UUID.fromString(order))
        .update();
    MovedDeadline.follow(database, UUID.fromString(order));
  }

  @Test
  void showsAPageForAnAddressThatBelongsToNoPayment() {
    var answer = platform.visitor().get("/pay/guessed?pg_token=x");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("does not belong to a payment");
    assertThat(platform.visitor().get("/pay/guessed/result").status()).isEqualTo(404);
  }

  private void flip(String order, String call, String fault) {
    browser.post(
        simulator.address().resolve("/simulator/switches"),
        Map.of("order", order, "call", call, "fault", fault));
  }
}
