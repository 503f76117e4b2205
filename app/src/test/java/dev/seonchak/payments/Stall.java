package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.payments.simulator.Simulator;
import dev.seonchak.shared.AccountRole;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** One published drop of one item on the whole platform, and what buyers do there. */
final class Stall {
  private static final Pattern DATA = Pattern.compile("data-([a-z-]+)=\"([^\"]*)\"");

  private final Platform platform;
  private final Simulator simulator;
  private final Browser browser = new Browser();
  private final String drop;
  private final String item;

  Stall(Platform platform, Simulator simulator, int capacity) {
    this(platform, simulator, capacity, "Lamps");
  }

  Stall(Platform platform, Simulator simulator, int capacity, String title) {
    this.platform = platform;
    this.simulator = simulator;
    var seller = platform.signUp(AccountRole.SELLER);
    var made =
        seller.post(
            "/api/drops",
            Map.of(
                "title",
                title,
                "description",
                "Made by hand.",
                "kind",
                "GOODS",
                "items",
                List.of(Map.of("name", "lamp", "price", 12_000, "capacity", capacity)),
                "questions",
                List.of()));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    drop = made.at("/id").asString();
    assertThat(seller.post("/api/drops/" + drop + "/publish").status()).isLessThan(300);
    item = seller.get("/api/drops/" + drop).at("/items/0/id").asString();
  }

  String held(Person buyer) {
    var wish = Map.of("lines", List.of(Map.of("itemId", item, "quantity", 1)));
    var answer =
        buyer
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .post("/api/drops/" + drop + "/orders", wish);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.at("/id").asString();
  }

  /** Starts paying; where the buyer's browser goes first. */
  URI started(Person buyer, String order, String gateway) {
    var answer = buyer.post("/api/orders/" + order + "/payments", Map.of("gateway", gateway));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return URI.create(answer.at("/redirectUrl").asString());
  }

  /** Starts paying and goes to the page of the gateway on which the buyer decides. */
  URI page(Person buyer, String order, String gateway) {
    var first = started(buyer, order, gateway);
    return gateway.equals(Shop.TOSS) ? widgetUsed(first) : first;
  }

  /** What the widget's script does with our page, once its button is pressed. */
  private URI widgetUsed(URI first) {
    var answer = platform.visitor().get(first.getPath());
    assertThat(answer.status()).isEqualTo(200);
    return browser.widget(simulator.address(), asked(answer));
  }

  /** What our page asks the widget for. */
  static Map<String, String> asked(Answer page) {
    var data = data(page);
    return Map.of(
        "clientKey", data.get("client-key"),
        "amount", data.get("amount"),
        "orderId", data.get("order-id"),
        "orderName", data.get("order-name"),
        "successUrl", data.get("success-url"),
        "failUrl", data.get("fail-url"));
  }

  static Map<String, String> data(Answer page) {
    var data = new HashMap<String, String>();
    var found = DATA.matcher(page.body());
    while (found.find()) {
      data.put(found.group(1), HtmlUtils.htmlUnescape(found.group(2)));
    }
    return data;
  }

  /** Decides on the gateway's page; the path and query of the way back. */
  String decided(URI page, String decision) {
    var back = browser.decide(page, decision);
    return back.getPath() + (back.getRawQuery() == null ? "" : "?" + back.getRawQuery());
  }

  String agreed(Person buyer, String order, String gateway) {
    return decided(page(buyer, order, gateway), "approve");
  }

  /** What a browser without a session reads in the end. */
  String result(String back) {
    var answer = platform.visitor().get(back);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
    var page = platform.visitor().get(answer.header("Location"));
    assertThat(page.status()).isEqualTo(200);
    return page.body();
  }

  static String state(Person buyer, String order) {
    return buyer.get("/api/orders/" + order).at("/state").asString();
  }

  static void awaitPaid(Person buyer, String order) {
    Waiting.until(() -> List.of("PAID", "CONFIRMED").contains(state(buyer, order)));
  }

  List<Long> ledger(String order) {
    return browser.ledger(simulator.address(), order);
  }
}
