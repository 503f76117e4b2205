package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.shared.AccountRole;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of paid orders do over and over, over the public interface. */
final class Story {
  final Platform platform;
  final Person seller;
  final String drop;

  /** By position. */
  final List<String> items;

  private final Browser browser = new Browser();

  private Story(Platform platform, Person seller, Answer drop) {
    this.platform = platform;
    this.seller = seller;
    this.drop = drop.at("/id").asString();
    this.items =
        StreamSupport.stream(drop.at("/items").spliterator(), false)
            .map(item -> item.at("/id").asString())
            .toList();
  }

  /** A mug at 12,000 won and a cup at 8,000, so many of each. */
  static Map<String, Object> draft(int capacity) {
    var draft = new HashMap<String, Object>();
    draft.put("title", "Mugs");
    draft.put("kind", "GOODS");
    draft.put(
        "items",
        List.of(
            Map.of("name", "mug", "price", 12_000, "capacity", capacity, "limitPerPerson", 5),
            Map.of("name", "cup", "price", 8_000, "capacity", capacity, "limitPerPerson", 5)));
    return draft;
  }

  static Story of(Platform platform, Map<String, Object> draft) {
    var seller = platform.signUp(AccountRole.SELLER);
    var made = seller.post("/api/drops", draft);
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    var published = seller.post("/api/drops/" + made.at("/id").asString() + "/publish");
    assertThat(published.status()).as(published.toString()).isEqualTo(200);
    return new Story(platform, seller, published);
  }

  static Story of(Platform platform, int capacity, Map<String, Object> more) {
    var draft = draft(capacity);
    draft.putAll(more);
    return of(platform, draft);
  }

  /** An order of so many units of each item, by position; 0 for none. */
  String held(Person buyer, int... quantities) {
    var lines = new java.util.ArrayList<Map<String, Object>>();
    for (int i = 0; i < quantities.length; i++) {
      if (quantities[i] > 0) {
        lines.add(Map.of("itemId", items.get(i), "quantity", quantities[i]));
      }
    }
    var answer = keyed(buyer).post("/api/drops/" + drop + "/orders", Map.of("lines", lines));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.at("/id").asString();
  }

  static Person keyed(Person person) {
    return person.with("Idempotency-Key", UUID.randomUUID().toString());
  }

  /** Pays at the simulated gateway and waits until what was bought is issued. */
  void pays(Person buyer, String order) {
    var started = buyer.post("/api/orders/" + order + "/payments", Map.of("gateway", "kakaopay"));
    assertThat(started.status()).as(started.toString()).isEqualTo(201);
    var back = browser.decide(URI.create(started.at("/redirectUrl").asString()), "approve");
    platform.visitor().get(back.getPath() + "?" + back.getQuery());
    awaitState(buyer, order, "CONFIRMED");
  }

  String bought(Person buyer, int... quantities) {
    var order = held(buyer, quantities);
    pays(buyer, order);
    return order;
  }

  Answer order(Person viewer, String order) {
    return viewer.get("/api/orders/" + order);
  }

  String state(Person viewer, String order) {
    return order(viewer, order).at("/state").asString();
  }

  void awaitState(Person viewer, String order, String state) {
    Waiting.until(() -> state(viewer, order).equals(state));
  }

  Answer refund(String order, Map<String, Object> ask) {
    return keyed(seller).post("/api/orders/" + order + "/refund", ask);
  }

  Map<String, Object> line(int item, int quantity) {
    return Map.of("itemId", items.get(item), "quantity", quantity);
  }

  /** What was told of an order, in order. */
  List<String> events(JdbcClient database, String order) {
    return database
        .sql("select type from outbox where aggregate_id = ? order by position")
        .param(UUID.fromString(order))
        .query(String.class)
        .list();
  }

  /** What the simulated gateway moved for an order. */
  List<Long> moved(URI simulator, String order) {
    return browser.ledger(simulator, order);
  }

  /** The history as words, `CONFIRMED by PLATFORM`. */
  List<String> history(Person viewer, String order) {
    var entries = viewer.get("/api/orders/" + order + "/history").at("/items");
    return StreamSupport.stream(entries.spliterator(), false)
        .map(entry -> entry.at("/what").asString() + " by " + entry.at("/by").asString())
        .toList();
  }

  long free(int item) {
    return seller.get("/api/audit/drops/" + drop).at("/items/" + item + "/free").asLong();
  }

  /** Nothing was sold twice or lost, and all money is accounted for. */
  void check() {
    var audit = seller.get("/api/audit/drops/" + drop);
    assertThat(audit.at("/clean").asBoolean()).as(audit.toString()).isTrue();
  }

  /** What the audit says of captured, kept, refunding and refunded. */
  List<Long> money() {
    var money = seller.get("/api/audit/drops/" + drop).at("/money");
    return List.of(
        money.at("/captured").asLong(),
        money.at("/kept").asLong(),
        money.at("/refunding").asLong(),
        money.at("/refunded").asLong());
  }
}
