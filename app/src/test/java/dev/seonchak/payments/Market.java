package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.Person;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who sells what, and who buys all of it. */
record Market(String name, Person seller, Person buyer, String drop, String item) {
  static Market open(String url, String name) {
    var visitor = new Person(url, "", "", "", Map.of());
    var seller = signUp(visitor, "seller-" + name, List.of("SELLER"));
    var buyer = signUp(visitor, "buyer-" + name, List.of());
    var item = Map.of("name", "lamp", "price", 12_000, "capacity", 1_000, "limitPerPerson", 1_000);
    var draft =
        Map.of(
            "title",
            "Lamps",
            "description",
            "",
            "kind",
            "GOODS",
            "holdMinutes",
            30,
            "items",
            List.of(item),
            "questions",
            List.of(),
            "bankTransfer",
            Map.of("bank", "Kookmin", "account", "1-2", "holder", "Kim Sejin"));
    var drop = seller.post("/api/drops", draft);
    var id = drop.at("/id").asString();
    assertThat(seller.post("/api/drops/" + id + "/publish").status()).isEqualTo(200);
    return new Market(name, seller, buyer, id, drop.at("/items/0/id").asString());
  }

  private static Person signUp(Person visitor, String name, List<String> roles) {
    var account =
        Map.of(
            "email",
            name + "@example.test",
            "password",
            "correct horse battery",
            "name",
            name,
            "roles",
            roles);
    var answer = visitor.post("/api/accounts", account);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return visitor.withToken(answer.at("/accessToken").asString());
  }

  /** The same at a node that was started again. */
  Market at(String url) {
    return new Market(name, seller.at(url), buyer.at(url), drop, item);
  }

  /** The same with a buyer who has bought nothing yet. */
  Market withBuyer(String who) {
    var other = signUp(buyer.withToken(""), who + "-" + name, List.of());
    return new Market(name, seller, other, drop, item);
  }

  /** Somebody in a browser without a session. */
  Person visitor() {
    return buyer.withToken("");
  }

  String held() {
    var wish = Map.of("lines", List.of(Map.of("itemId", item, "quantity", 1)));
    var held =
        buyer
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .post("/api/drops/" + drop + "/orders", wish);
    assertThat(held.status()).as(held.toString()).isEqualTo(201);
    return held.at("/id").asString();
  }

  Answer start(String order, String through) {
    return buyer.post("/api/orders/" + order + "/payments", Map.of("gateway", through));
  }

  Answer started(String order, String through) {
    var started = start(order, through);
    assertThat(started.status()).as(started.toString()).isEqualTo(201);
    return started;
  }

  /** The payment that an order has. */
  String payment(String order) {
    return buyer.get("/api/orders/" + order + "/payments").at("/0/id").asString();
  }

  /** The seller says that the deposit is there. */
  Answer arrived(String payment) {
    return seller.post("/api/payments/" + payment + "/deposit");
  }

  /** The seller says that what is owed now was sent back. */
  Answer sentBack(String payment, String refund) {
    return seller.post("/api/payments/" + payment + "/sent-back", Map.of("refundId", refund));
  }

  /** The refund of an order that its gateway refuses, empty when there is none. */
  String refused(String order) {
    return buyer.get("/api/orders/" + order + "/payments").at("/0/refused/refundId").asString("");
  }

  /** The seller gives all back, or money alone; saying so again acts once. */
  Answer refund(String order, Map<String, Object> ask) {
    return seller.with("Idempotency-Key", order).post("/api/orders/" + order + "/refund", ask);
  }

  /** What the audit says. */
  Answer audit() {
    return seller.get("/api/audit/drops/" + drop);
  }
}
