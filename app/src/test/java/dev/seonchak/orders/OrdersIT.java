package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders as buyers and sellers have them, over HTTP. */
@OnPlatform
class OrdersIT {
  private static final Map<String, Object> SIZE =
      Map.of(
          "id",
          "size",
          "label",
          "Size?",
          "type",
          "CHOICE",
          "required",
          true,
          "choices",
          List.of("S", "L"));

  @Autowired private Platform platform;
  @Autowired private Paying paying;
  @Autowired private JdbcClient jdbc;
  @Autowired private TransactionTemplate transactions;

  private Person seller;
  private Person buyer;
  private String drop;
  private String mug;
  private String cup;

  @BeforeEach
  void open() {
    seller = platform.signUp(AccountRole.SELLER);
    buyer = platform.signUp();
    Answer made = publish("GOODS", 39_000, List.of(SIZE));
    drop = made.at("/id").asString();
    mug = made.at("/items/0/id").asString();
    cup = made.at("/items/1/id").asString();
  }

  private Answer publish(String kind, long price, List<Map<String, Object>> questions) {
    Map<String, Object> item = Map.of("price", price, "capacity", 10, "limitPerPerson", 5);
    Answer made =
        seller.post(
            "/api/drops",
            Map.of(
                "title",
                "Mugs",
                "description",
                "Hand-made.",
                "kind",
                kind,
                "questions",
                questions,
                "items",
                List.of(named("mug", item), named("cup", item))));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    Answer published = seller.post("/api/drops/" + made.at("/id").asString() + "/publish");
    assertThat(published.status()).as(published.body()).isEqualTo(200);
    return published;
  }

  private static Map<String, Object> named(String name, Map<String, Object> item) {
    var all = new java.util.HashMap<>(item);
    all.put("name", name);
    return all;
  }

  private Answer place(Person person, String key, Object body) {
    return person.with("Idempotency-Key", key).post("/api/drops/" + drop + "/orders", body);
  }

  private static Map<String, Object> wants(String item, int quantity) {
    return Map.of("lines", List.of(Map.of("itemId", item, "quantity", quantity)));
  }

  private static Map<String, Object> wants(String one, int ofOne, String two, int ofTwo) {
    return Map.of(
        "lines",
        List.of(
            Map.of("itemId", one, "quantity", ofOne), Map.of("itemId", two, "quantity", ofTwo)));
  }

  @Test
  void holdsAndAnswersTheSameKeyAlike() {
    String key = UUID.randomUUID().toString();
    Answer held = place(buyer, key, wants(mug, 2));
    assertThat(held.status()).as(held.body()).isEqualTo(201);
    assertThat(held.at("/state").asString()).isEqualTo("PENDING");
    assertThat(held.at("/amount").asLong()).isEqualTo(78_000);
    assertThat(held.at("/lines/0/sequence").asLong()).isEqualTo(1);
    assertThat(held.at("/lines/0/itemId").asString()).isEqualTo(mug);
    String path = "/api/orders/" + held.at("/id").asString();
    assertThat(buyer.get(path).at("/state").asString()).isEqualTo("PENDING");
    assertThat(seller.get(path).status()).isEqualTo(200);
    assertThat(platform.signUp().get(path).status()).isEqualTo(404);
    assertThat(buyer.delete(path).status()).isEqualTo(204);
    assertThat(buyer.delete(path).status()).isEqualTo(204);
    Answer again = place(buyer, key, wants(mug, 2));
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(held.body());
    Answer other = place(buyer, key, wants(mug, 1));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("key-reused");
  }

  @Test
  void refusesBadInputAndHoldsNothing() {
    String line = "{\"lines\":[{\"itemId\":\"%s\",\"quantity\":%%s}]}".formatted(mug);
    String many =
        IntStream.range(0, 1000)
            .mapToObj(i -> "{\"itemId\":\"" + mug + "\",\"quantity\":1}")
            .collect(Collectors.joining(",", "{\"lines\":[", "]}"));
    Answer other = publish("GOODS", Long.MAX_VALUE / 1_000_000_000_000L, List.of());
    Map<String, String> bad =
        Map.ofEntries(
            Map.entry("zero", line.formatted("0")),
            Map.entry("negative", line.formatted("-1")),
            Map.entry("fraction", line.formatted("1.5")),
            Map.entry("huge", line.formatted("9223372036854775808")),
            Map.entry("long", line.formatted("4294967297")),
            Map.entry("text", line.formatted("\"1\"")),
            Map.entry("null", line.formatted("null")),
            Map.entry("unknown item", wishOf(UUID.randomUUID().toString())),
            Map.entry("item of another drop", wishOf(other.at("/items/0/id").asString())),
            Map.entry(
                "twice",
                "{\"lines\":[{\"itemId\":\"%1$s\",\"quantity\":1},{\"itemId\":\"%1$s\",\"quantity\":1}]}"
                    .formatted(mug)),
            Map.entry("no lines", "{\"lines\":[]}"),
            Map.entry("null lines", "{\"lines\":null}"),
            Map.entry("null line", "{\"lines\":[null]}"),
            Map.entry("nothing", "{}"),
            Map.entry("many lines", many),
            Map.entry("no item", "{\"lines\":[{\"quantity\":1}]}"),
            Map.entry("not an id", "{\"lines\":[{\"itemId\":\"x\",\"quantity\":1}]}"),
            Map.entry("unknown field", "{\"lines\":[],\"price\":1}"),
            Map.entry("malformed", "{\"lines\":["),
            Map.entry("deep", "[".repeat(10_000)),
            Map.entry(
                "coupon",
                wishOf(mug).replaceFirst("\\{", "{\"couponId\":\"" + UUID.randomUUID() + "\",")),
            Map.entry("bad answer", wishOf(mug).replaceFirst("\\{", "{\"answers\":{\"size\":7},")),
            Map.entry(
                "not asked", wishOf(mug).replaceFirst("\\{", "{\"answers\":{\"color\":\"red\"},")),
            Map.entry(
                "NUL", wishOf(mug).replaceFirst("\\{", "{\"answers\":{\"size\":\"\\\\u0000\"},")),
            Map.entry(
                "lone surrogate",
                wishOf(mug).replaceFirst("\\{", "{\"answers\":{\"size\":\"\\\\ud800\"},")));
    bad.forEach((name, body) -> {
      Answer answer = place(buyer, UUID.randomUUID().toString(), body);
      assertThat(answer.status()).as(name + ": " + answer).isIn(400, 422);
      assertThat(answer.problem()).as(name).isNotEmpty();
    });
    assertThat(place(buyer, "k", line.formatted("0")).problem()).isEqualTo("invalid-quantity");
    assertThat(place(buyer, "k", wishOf(UUID.randomUUID().toString())).problem())
        .isEqualTo("unknown-item");
    String path = "/api/drops/" + drop + "/orders";
    assertThat(buyer.post(path, wants(mug, 1)).problem()).isEqualTo("idempotency-key-missing");
    assertThat(place(buyer, "a b", wants(mug, 1)).status()).isEqualTo(400);
    assertThat(place(buyer, "k".repeat(129), wants(mug, 1)).status()).isEqualTo(400);
    assertThat(platform.visitor().with("Idempotency-Key", "k").post(path, wants(mug, 1)).status())
        .isEqualTo(401);
    assertThat(
            buyer
                .with("Idempotency-Key", "k")
                .post("/api/drops/" + UUID.randomUUID() + "/orders", wants(mug, 1))
                .status())
        .isEqualTo(404);
    assertThat(buyer.get("/api/orders").at("/items").size()).isZero();
  }

  private static String wishOf(String item) {
    return "{\"lines\":[{\"itemId\":\"%s\",\"quantity\":1}]}".formatted(item);
  }

  @Test
  void saysWhyNothingIsHeld() {
    assertThat(place(buyer, "six", wants(mug, 6)).problem()).isEqualTo("limit-reached");
    assertThat(place(buyer, "five", wants(mug, 5)).status()).isEqualTo(201);
    assertThat(place(platform.signUp(), "five", wants(mug, 5)).status()).isEqualTo(201);
    Answer gone = place(platform.signUp(), "one", wants(mug, 1));
    assertThat(gone.status()).isEqualTo(409);
    assertThat(gone.problem()).isEqualTo("sold-out");
    assertThat(gone.at("/itemId").asString()).isEqualTo(mug);
    assertThat(place(buyer, "cup", wants(cup, 1)).status()).isEqualTo(201);
    assertThat(seller.post("/api/drops/" + drop + "/close").status()).isEqualTo(200);
    assertThat(place(buyer, "late", wants(cup, 1)).problem()).isEqualTo("closed");
  }

  @Test
  void keepsAnswersUntilItIsPaid() {
    Answer held = place(buyer, "k", wants(mug, 1));
    var id = new OrderId(UUID.fromString(held.at("/id").asString()));
    String path = "/api/orders/" + id + "/answers";
    assertThat(buyer.put(path, Map.of("answers", Map.of("size", "XL"))).problem())
        .isEqualTo("malformed-answers");
    Answer kept = buyer.put(path, Map.of("answers", Map.of("size", "L")));
    assertThat(kept.status()).as(kept.body()).isEqualTo(200);
    assertThat(kept.at("/answers/size").asString()).isEqualTo("L");
    assertThat(seller.put(path, Map.of("answers", Map.of("size", "S"))).status()).isEqualTo(404);
    transactions.executeWithoutResult(
        status -> assertThat(paying.begin(id)).isEqualTo(Paying.Begun.PAYING));
    assertThat(buyer.put(path, Map.of("answers", Map.of("size", "S"))).problem())
        .isEqualTo("answers-closed");
    assertThat(buyer.delete("/api/orders/" + id).problem()).isEqualTo("payment-in-progress");
    transactions.executeWithoutResult(status -> paying.paid(id));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> buyer.get("/api/orders/" + id).at("/state").asString().equals("CONFIRMED"));
    assertThat(buyer.get("/api/orders/" + id).at("/packingSlip").asString()).isNotEmpty();
    Answer list = seller.get("/api/drops/" + drop + "/orders?state=CONFIRMED");
    assertThat(list.at("/items/0/id").asString()).isEqualTo(id.toString());
    assertThat(list.at("/items/0/buyerName").asString()).isEqualTo("Kim");
    assertThat(list.at("/items/0/answers/size").asString()).isEqualTo("L");
    assertThat(buyer.get("/api/drops/" + drop + "/orders").status()).isEqualTo(404);
  }

  @Test
  void keepsAHistoryShortHoweverOftenAnswersChange() {
    String id = place(buyer, "k", wants(mug, 1)).at("/id").asString();
    String path = "/api/orders/" + id;
    for (String size : List.of("S", "S", "L", "L", "S")) {
      Answer kept = buyer.put(path + "/answers", Map.of("answers", Map.of("size", size)));
      assertThat(kept.at("/answers/size").asString()).isEqualTo(size);
    }
    var order = new OrderId(UUID.fromString(id));
    assertThat(whatHappened(path + "/history")).containsExactly("HELD", "ANSWERED");
    transactions.executeWithoutResult(status -> paying.begin(order));
    transactions.executeWithoutResult(status -> paying.notPaid(order));
    buyer.put(path + "/answers", Map.of("answers", Map.of("size", "S")));
    assertThat(whatHappened(path + "/history"))
        .containsExactly("HELD", "ANSWERED", "PAYING", "PENDING");
    buyer.put(path + "/answers", Map.of("answers", Map.of("size", "L")));
    assertThat(whatHappened(path + "/history"))
        .containsExactly("HELD", "ANSWERED", "PAYING", "PENDING", "ANSWERED");
  }

  @Test
  void pagesALongHistory() {
    String id = place(buyer, "k", wants(mug, 1)).at("/id").asString();
    String path = "/api/orders/" + id + "/history";
    // Three at each moment, so that the hundredth is not the last of its moment.
    jdbc.sql(
            """
            insert into order_history (order_id, at, what)
            select :order, now() + interval '1 s' + (n / 3) * interval '1 us', 'REFUNDED_IN_PART'
              from generate_series(0, 149) n
            """)
        .param("order", UUID.fromString(id))
        .update();
    Answer first = buyer.get(path);
    assertThat(first.at("/items").size()).isEqualTo(1 + 102);
    Answer last = buyer.get(path + "?cursor=" + first.at("/next").asString());
    assertThat(last.at("/items").size()).isEqualTo(48);
    assertThat(last.at("/next").isNull()).isTrue();
    for (String bad : List.of("x", "%2B12026-01-01T00:00:00Z", "2026-01-01")) {
      assertThat(buyer.get(path + "?cursor=" + bad).problem()).as(bad).isEqualTo("invalid");
    }
  }

  private List<String> whatHappened(String path) {
    return StreamSupport.stream(buyer.get(path).at("/items").spliterator(), false)
        .map(entry -> entry.at("/what").asString())
        .toList();
  }

  @Test
  void issuesTicketsForAnOrderOfNothing() {
    Answer free = publish("TICKET", 0, List.of());
    drop = free.at("/id").asString();
    Answer held = place(buyer, "k", wants(free.at("/items/0/id").asString(), 3));
    assertThat(held.status()).as(held.body()).isEqualTo(201);
    assertThat(held.at("/state").asString()).isEqualTo("PAID");
    String path = "/api/orders/" + held.at("/id").asString();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> buyer.get(path).at("/state").asString().equals("CONFIRMED"));
    assertThat(buyer.get(path).at("/tickets").size()).isEqualTo(3);
    assertThat(buyer.get(path).at("/tickets/2/unit").asInt()).isEqualTo(3);
    assertThat(place(buyer, "k", wants(free.at("/items/0/id").asString(), 3)).body())
        .isEqualTo(held.body());
  }

  @Test
  void refusesMoreTicketsThanOneOrderCanIssue() {
    Answer free = publish("TICKET", 0, List.of());
    drop = free.at("/id").asString();
    String one = free.at("/items/0/id").asString();
    String two = free.at("/items/1/id").asString();

    Answer refused = place(buyer, "k", wants(one, 501, two, 500));

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid-quantity");
    assertThat(refused.at("/field").asString()).isEqualTo("lines[1].quantity");
    assertThat(place(buyer, "l", wants(one, 501, two, 499)).problem()).isEqualTo("limit-reached");
  }

  @Test
  void pagesOnesOwnOrders() {
    for (int i = 0; i < 3; i++) {
      assertThat(place(buyer, "k" + i, wants(mug, 1)).status()).isEqualTo(201);
    }
    Answer page = buyer.get("/api/orders");
    assertThat(page.at("/items").size()).isEqualTo(3);
    assertThat(page.at("/next").isNull()).isTrue();
    Answer older = buyer.get("/api/orders?cursor=" + page.at("/items/1/id").asString());
    assertThat(older.at("/items").size()).isEqualTo(1);
    assertThat(older.at("/items/0/id").asString()).isEqualTo(page.at("/items/2/id").asString());
    assertThat(buyer.get("/api/orders?cursor=x").status()).isEqualTo(422);
  }
}
