package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.MovedDeadline;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.shared.AccountRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What buyer and seller see of an order in each of its states; the pages are kept to look at. */
@OnPlatform
class OrderPagesIT {
  private static final Path KEPT = Path.of("target", "pages");

  @Autowired private Platform platform;
  @Autowired private JdbcClient database;

  private static String page(Person viewer, String path, String name) throws IOException {
    var answer = viewer.get(path);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    Files.createDirectories(KEPT);
    Files.writeString(KEPT.resolve(name + ".html"), answer.body());
    return answer.body();
  }

  private static Map<String, Object> takesDeposits() {
    return Map.of(
        "bankTransfer",
        Map.of("bank", "Kookmin Bank", "account", "123456-04-567890", "holder", "Kim Sejin"));
  }

  @Test
  void showAPaidOrderFromConfirmedToRefunded() throws IOException {
    var story = Story.of(platform, Story.draft(8));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 1);
    var bought = page(buyer, "/orders/" + order, "buyer-confirmed");
    assertThat(bought).contains("Cancel and get ₩32,000 back").contains("Packing slip");
    var sold = page(story.seller, "/seller/orders/" + order, "seller-confirmed");
    assertThat(sold).contains("Ship it").contains("Refund ₩32,000").contains("Some pieces");
    assertThat(page(story.seller, "/seller/drops/" + story.drop, "seller-drop"))
        .contains("/seller/orders/" + order);

    story.seller.post(
        "/api/orders/" + order + "/ship",
        Map.of("carrier", "CJ Logistics", "trackingNumber", "6412-8899-0013"));
    assertThat(page(buyer, "/orders/" + order, "buyer-shipped"))
        .contains("6412-8899-0013")
        .doesNotContain("Cancel and get");
    assertThat(page(story.seller, "/seller/orders/" + order, "seller-shipped"))
        .contains("It has arrived");

    story.refund(
        order,
        Map.of(
            "lines",
            List.of(story.line(1, 1)),
            "returnStock",
            true,
            "note",
            "The cup has a crack; sorry."));
    Waiting.until(() -> story.money().get(2) == 0);
    assertThat(page(buyer, "/orders/" + order, "buyer-refunded-in-part"))
        .contains("−₩8,000")
        .contains("The cup has a crack; sorry.")
        .contains("1 taken back");
    assertThat(page(story.seller, "/seller/orders/" + order, "seller-refunded-in-part"))
        .contains("Refund ₩24,000");

    story.refund(order, Map.of("returnStock", true));
    Waiting.until(() -> story.money().get(2) == 0);
    assertThat(page(buyer, "/orders/" + order, "buyer-refunded"))
        .contains("given back. ₩32,000 has gone back to you.")
        .contains("Refunded</strong>, by the seller");
    assertThat(page(story.seller, "/seller/orders/" + order, "seller-refunded"))
        .doesNotContain("refund-all");
  }

  @Test
  void sayHowMuchOfTheMoneyWentBack() throws IOException {
    var story = Story.of(platform, Story.draft(8));
    var buyer = platform.signUp();
    var part = story.bought(buyer, 2, 0);
    var all = List.of(story.line(0, 2));
    story.refund(part, Map.of("lines", all, "amount", 20_000, "returnStock", true));
    Waiting.until(() -> story.money().get(2) == 0);
    assertThat(page(buyer, "/orders/" + part, "buyer-refunded-less"))
        .contains("given back. ₩20,000 of ₩24,000 has gone back to you.");

    var nothing = story.bought(buyer, 2, 0);
    story.refund(nothing, Map.of("lines", all, "amount", 0, "returnStock", true));
    assertThat(page(buyer, "/orders/" + nothing, "buyer-refunded-nothing"))
        .contains("given back. No money goes back for it.");
  }

  @Test
  void showADepositToWhoMustActOnIt() throws IOException {
    var story = Story.of(platform, 1, takesDeposits());
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    assertThat(page(buyer, "/orders/" + order, "buyer-pending")).contains("Pay by bank transfer");
    var payment =
        buyer
            .post("/api/orders/" + order + "/payments", Map.of("gateway", "bank-transfer"))
            .at("/id")
            .asString();
    assertThat(page(buyer, "/orders/" + order, "buyer-deposit"))
        .contains("123456-04-567890")
        .contains("Cancel this order");
    assertThat(page(story.seller, "/seller/orders/" + order, "seller-deposit"))
        .contains("The money is here");

    database
        .sql("update orders set held_until = clock_timestamp() - interval '1 s' where id = ?")
        .param(UUID.fromString(order))
        .update();
    MovedDeadline.follow(database, UUID.fromString(order));
    story.awaitState(buyer, order, "EXPIRED");
    story.bought(platform.signUp(), 1, 0);
    var refund =
        story
            .seller
            .post("/api/payments/" + payment + "/deposit")
            .at("/deposit/refundId")
            .asString();
    assertThat(page(story.seller, "/seller/orders/" + order, "seller-deposit-owed"))
        .contains("I have sent ₩12,000 back")
        .contains("value=\"" + refund + "\"");
    assertThat(page(story.seller, "/seller/drops/" + story.drop, "seller-drop-owes"))
        .contains("to be sent back by you");
    assertThat(page(buyer, "/orders/" + order, "buyer-deposit-late"))
        .contains("₩12,000 came too late");
    story.seller.post("/api/payments/" + payment + "/sent-back", Map.of("refundId", refund));
    assertThat(page(story.seller, "/seller/orders/" + order, "seller-deposit-sent-back"))
        .doesNotContain("I have sent");
  }

  @Test
  void showTicketsThatAreNoLongerValid() throws IOException {
    var story = Story.of(platform, 8, Map.of("kind", "TICKET"));
    var buyer = platform.signUp();
    var order = story.bought(buyer, 2, 0);
    story.refund(order, Map.of("lines", List.of(story.line(0, 1)), "returnStock", true));
    assertThat(page(buyer, "/orders/" + order, "buyer-tickets")).contains("not valid any more");
  }

  @Test
  void areTheSellersOwn() {
    var story = Story.of(platform, Story.draft(2));
    var buyer = platform.signUp();
    var order = story.held(buyer, 1, 0);
    for (var stranger : List.of(buyer, platform.signUp(AccountRole.SELLER))) {
      assertThat(stranger.get("/seller/orders/" + order).status()).isEqualTo(404);
    }
    assertThat(story.seller.get("/seller/orders/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(story.seller.get("/orders/" + order).status()).isEqualTo(404);
  }
}
