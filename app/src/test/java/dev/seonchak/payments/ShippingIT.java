package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.OnPlatform;
import dev.seonchak.Platform;
import dev.seonchak.shared.AccountRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sellers ship what was bought. */
@OnPlatform
class ShippingIT {
  private static final Map<String, Object> PARCEL =
      Map.of("carrier", "Hanjin", "trackingNumber", "1234-5678");

  @Autowired private Platform platform;
  @Autowired private JdbcClient database;

  @Test
  void shipsAndDelivers() {
    var story = Story.of(platform, Story.draft(2));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 1, 0);
    var path = "/api/orders/" + order;
    assertThat(story.seller.post(path + "/deliver").problem()).isEqualTo("cannot-deliver");

    var shipped = story.seller.post(path + "/ship", PARCEL);

    assertThat(shipped.status()).as(shipped.toString()).isEqualTo(200);
    assertThat(shipped.at("/state").asString()).isEqualTo("SHIPPED");
    assertThat(story.seller.post(path + "/ship", PARCEL).body()).isEqualTo(shipped.body());
    var other = Map.of("carrier", "Hanjin", "trackingNumber", "9");
    assertThat(story.seller.post(path + "/ship", other).problem()).isEqualTo("cannot-ship");
    var seen = story.order(buyer, order).at("/shipment");
    assertThat(seen.at("/carrier").asString()).isEqualTo("Hanjin");
    assertThat(seen.at("/trackingNumber").asString()).isEqualTo("1234-5678");
    assertThat(seen.at("/deliveredAt").isNull()).isTrue();

    assertThat(story.seller.post(path + "/deliver").at("/state").asString()).isEqualTo("DELIVERED");
    assertThat(story.seller.post(path + "/deliver").status()).isEqualTo(200);
    assertThat(story.order(buyer, order).at("/shipment/deliveredAt").isNull()).isFalse();
    assertThat(story.history(buyer, order)).endsWith("SHIPPED by SELLER", "DELIVERED by SELLER");
    assertThat(story.history(story.seller, order)).hasSize(6);
    assertThat(buyer.get(path + "/history").at("/items/4/detail").asString())
        .isEqualTo("Hanjin 1234-5678");
    assertThat(story.events(database, order))
        .containsExactly("OrderPaid", "OrderShipped", "OrderDelivered");
    story.check();
  }

  @Test
  void shipsOnlyWhatIsConfirmedAndForItsSellerAlone() {
    var story = Story.of(platform, Story.draft(3));
    var buyer = platform.signUp();
    var unpaid = "/api/orders/" + story.held(buyer, 1, 0);
    var refused = story.seller.post(unpaid + "/ship", PARCEL);
    assertThat(refused.problem()).isEqualTo("cannot-ship");
    assertThat(refused.at("/state").asString()).isEqualTo("PENDING");

    var path = "/api/orders/" + story.bought(buyer, 1, 0);
    for (var stranger : List.of(buyer, platform.signUp(AccountRole.SELLER))) {
      assertThat(stranger.post(path + "/ship", PARCEL).problem()).isEqualTo("not-found");
      assertThat(stranger.post(path + "/deliver").problem()).isEqualTo("not-found");
    }
    assertThat(platform.signUp().get(path + "/history").problem()).isEqualTo("not-found");
    assertThat(platform.visitor().get(path + "/history").status()).isEqualTo(401);
    assertThat(story.seller.post("/api/orders/" + UUID.randomUUID() + "/ship", PARCEL).problem())
        .isEqualTo("not-found");
    for (String bad :
        List.of(
            "{}",
            "{\"carrier\":\"Hanjin\"}",
            "{\"carrier\":\" \",\"trackingNumber\":\"1\"}",
            "{\"carrier\":\"Hanjin\",\"trackingNumber\":\"%s\"}".formatted("1".repeat(61)),
            "{\"carrier\":\"Hanjin\",\"trackingNumber\":1}",
            "{\"carrier\":\"Hanjin\",\"trackingNumber\":\"1\",\"state\":\"DELIVERED\"}")) {
      assertThat(story.seller.post(path + "/ship", bad).status()).as(bad).isBetween(400, 422);
    }
    assertThat(buyer.get(path).at("/state").asString()).isEqualTo("CONFIRMED");
  }

  @Test
  void shipsNoTickets() {
    var story = Story.of(platform, 3, Map.of("kind", "TICKET"));
    var order = story.bought(platform.signUp(), 1, 0);
    assertThat(story.seller.post("/api/orders/" + order + "/ship", PARCEL).problem())
        .isEqualTo("not-goods");
  }
}
