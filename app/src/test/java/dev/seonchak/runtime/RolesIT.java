package dev.seonchak.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.Answer;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.shared.AccountRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A shop and a relay as two processes do what one process does. */
class RolesIT {
  @Test
  void confirmsInTheRelayWhatTheShopHasSold() {
    try (Platform shop = Platform.start("seonchak.roles=edge,identity,shop")) {
      Person buyer = shop.signUp();
      String order = "/api/orders/" + paid(shop, buyer);
      assertThat(state(buyer, order)).isEqualTo("PAID");
      try (Platform relay = shop.secondNode("seonchak.roles=relay")) {
        await().atMost(Duration.ofSeconds(60)).until(() -> state(buyer, order).equals("CONFIRMED"));
        assertThat(relay.visitor().get("/actuator/health").at("/status").asString())
            .isEqualTo("UP");
        for (String path : List.of("/api/drops", "/", "/.well-known/jwks.json", order)) {
          assertThat(relay.visitor().get(path).status()).as(path).isEqualTo(404);
        }
      }
    }
  }

  /** An order of nothing is paid at once. */
  private static String paid(Platform shop, Person buyer) {
    Person seller = shop.signUp(AccountRole.SELLER);
    Answer drop =
        seller.post(
            "/api/drops",
            Map.of(
                "title",
                "A seat",
                "description",
                "",
                "kind",
                "TICKET",
                "questions",
                List.of(),
                "items",
                List.of(Map.of("name", "seat", "price", 0, "capacity", 10))));
    String path = "/api/drops/" + drop.at("/id").asString();
    assertThat(seller.post(path + "/publish").status()).isEqualTo(200);
    Answer held =
        buyer
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .post(
                path + "/orders",
                Map.of(
                    "lines",
                    List.of(Map.of("itemId", drop.at("/items/0/id").asString(), "quantity", 1))));
    assertThat(held.status()).as(held.body()).isEqualTo(201);
    return held.at("/id").asString();
  }

  private static String state(Person buyer, String order) {
    return buyer.get(order).at("/state").asString();
  }
}
