package dev.seonchak.drops.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.shared.AccountRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Drops as programs see them. */
@OnPlatform
class DropsHttpIT {
  private static final String MUGS =
      """
      {"title": "Mugs", "description": "Forty of them.", "kind": "GOODS",
       "items": [{"name": "mug", "price": 12000, "capacity": 40, "limitPerPerson": 3},
                 {"name": "cup", "price": 0, "capacity": 7}],
       "questions": [{"id": "size", "label": "Size?", "type": "CHOICE", "choices": ["S", "M"]},
                     {"label": "Note", "type": "TEXT", "required": false}]}
      """;

  @Autowired Platform platform;
  private Person seller;

  @BeforeEach
  void signUp() {
    seller = platform.signUp(AccountRole.SELLER);
  }

  @Test
  void leadsFromDraftToClosed() {
    var created = seller.post("/api/drops", MUGS);
    assertThat(created.status()).isEqualTo(201);
    var path = "/api/drops/" + created.at("/id").asString();
    assertThat(created.header("Location")).isEqualTo(path);
    assertThat(created.at("/state").asString()).isEqualTo("DRAFT");
    assertThat(created.at("/phase").isNull()).isTrue();
    assertThat(created.at("/holdMinutes").asInt()).isEqualTo(5);
    assertThat(created.at("/items/0/limitPerPerson").asInt()).isEqualTo(3);
    assertThat(created.at("/items/1/limitPerPerson").asInt()).isEqualTo(2);
    assertThat(created.at("/items/0/capacity").asInt()).isEqualTo(40);
    assertThat(created.at("/questions/1/id").asString()).isEqualTo("q2");

    assertThat(platform.visitor().get(path).problem()).isEqualTo("not-found");
    assertThat(seller.get(path).status()).isEqualTo(200);

    assertThat(seller.post(path + "/publish").at("/state").asString()).isEqualTo("PUBLISHED");
    var shown = platform.visitor().get(path);
    assertThat(shown.at("/phase").asString()).isEqualTo("OPEN");
    assertThat(shown.at("/items/0/free").asInt()).isEqualTo(40);
    assertThat(Duration.between(Instant.parse(shown.at("/now").asString()), Instant.now()).abs())
        .isLessThan(Duration.ofSeconds(60));

    var grown = seller.put(path, MUGS.replace("40,", "60,"));
    assertThat(grown.status()).isEqualTo(200);
    assertThat(grown.at("/items/0/capacity").asInt()).isEqualTo(60);
    var refused = seller.put(path, MUGS.replace("12000", "11000"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("published");
    assertThat(refused.at("/field").asString()).isEqualTo("items[0].price");

    assertThat(seller.post(path + "/close").at("/phase").asString()).isEqualTo("CLOSED");
    assertThat(seller.put(path, MUGS).problem()).isEqualTo("closed");
  }

  @Test
  void isListedOncePublished() {
    var draft = seller.post("/api/drops", MUGS).at("/id").asString();
    var open = published();
    var mine = "/api/drops?seller=" + seller.id();

    assertThat(ids(platform.visitor().get(mine))).containsExactly(open);
    assertThat(ids(seller.get(mine))).containsExactly(open, draft);
    assertThat(ids(seller.get(mine + "&state=DRAFT"))).containsExactly(draft);
    assertThat(ids(platform.visitor().get(mine + "&state=OPEN&q=FORTY"))).containsExactly(open);
    assertThat(ids(platform.visitor().get(mine + "&state=UPCOMING"))).isEmpty();
    assertThat(ids(platform.visitor().get(mine + "&cursor=" + open))).isEmpty();
    assertThat(platform.visitor().get(mine).at("/next").isNull()).isTrue();
  }

  @Test
  void belongsToItsSeller() {
    var path = "/api/drops/" + published();
    var other = platform.signUp(AccountRole.SELLER);

    for (var refused :
        List.of(
            other.put(path, MUGS), other.post(path + "/publish"), other.post(path + "/close"))) {
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.problem()).isEqualTo("not-found");
    }
    var buyer = platform.signUp().post("/api/drops", MUGS);
    assertThat(buyer.status()).isEqualTo(403);
    assertThat(buyer.problem()).isEqualTo("not-a-seller");
    assertThat(platform.visitor().post("/api/drops", MUGS).status()).isEqualTo(401);
    assertThat(platform.visitor().post(path + "/close").status()).isEqualTo(401);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"title\": \"Mugs\"     | \"title\": \" \"                  | title",
        "\"title\": \"Mugs\"     | \"title\": null                   | title",
        "\"title\": \"Mugs\"     | \"title\": 7                      | title",
        "\"GOODS\"               | \"GIFT\"                          | kind",
        "\"GOODS\"               | 0                                 | kind",
        "\"GOODS\"               | \"GOODS\", \"holdMinutes\": 0     | holdMinutes",
        "\"GOODS\"               | \"GOODS\", \"holdMinutes\": 1.5   | holdMinutes",
        "\"GOODS\"               | \"GOODS\", \"opensAt\": \"now\"   | opensAt",
        "\"GOODS\"               | \"GOODS\", \"opensAt\": 1700000000 | opensAt",
        "\"GOODS\"               | \"GOODS\", \"closesAt\": \"2001-01-01T00:00:00Z\" | closesAt",
        "\"GOODS\"               | \"GOODS\", \"seller\": \"me\"     | seller",
        "\"price\": 12000        | \"price\": -1                     | items[0].price",
        "\"price\": 12000        | \"price\": \"12000\"              | items[0].price",
        "\"price\": 12000        | \"price\": 9223372036854775808    | items[0].price",
        "\"capacity\": 40        | \"capacity\": 10000001            | items[0].capacity",
        "\"capacity\": 40        | \"capacity\": 1e3                 | items[0].capacity",
        "\"limitPerPerson\": 3   | \"limitPerPerson\": 0             | items[0].limitPerPerson",
        "\"name\": \"mug\"       | \"name\": \"mug\", \"free\": 1    | items[0].free",
        "\"type\": \"CHOICE\"    | \"type\": \"TEXT\"                | questions[0].choices",
        "\"choices\": [\"S\", \"M\"] | \"choices\": [\"S\", \"S\"]   | questions[0].choices[1]",
        "\"choices\": [\"S\", \"M\"] | \"choices\": [\"S\", null]    | questions[0].choices[1]",
      })
  void namesTheBadField(String good, String bad, String field) {
    assertThat(MUGS).contains(good);

    var refused = seller.post("/api/drops", MUGS.replace(good, bad));

    assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid");
    assertThat(refused.at("/field").asString()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({"state=GONE", "cursor=x", "seller=1", "q=" + LONG})
  void refusesListsThatCannotBe(String query) {
    var refused = platform.visitor().get("/api/drops?" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/field").asString()).isEqualTo(query.substring(0, query.indexOf('=')));
  }

  private static final String LONG =
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

  @Test
  void refusesTextThatCannotBeStored() {
    assertThat(seller.post("/api/drops", MUGS.replace("Mugs", "\\u0000")).status())
        .isBetween(400, 422);
    assertThat(seller.post("/api/drops", MUGS.replace("Mugs", "\\ud800")).status())
        .isBetween(400, 422);
    assertThat(platform.visitor().get("/api/drops?q=%00").status()).isBetween(400, 422);
  }

  @Test
  void knowsNothingOfWhatDoesNotExist() {
    assertThat(platform.visitor().get("/api/drops/" + new UUID(1, 2)).problem())
        .isEqualTo("not-found");
    assertThat(platform.visitor().get("/api/drops/mugs").status()).isEqualTo(404);
    assertThat(seller.post("/api/drops/" + new UUID(1, 2) + "/publish").status()).isEqualTo(404);
  }

  @Test
  void showsItsBooksToSellerAndOperatorOnly() {
    var path = "/api/audit/drops/" + published();

    var books = seller.get(path);
    assertThat(books.status()).isEqualTo(200);
    assertThat(books.at("/clean").asBoolean()).isTrue();
    assertThat(books.at("/items/0/capacity").asInt()).isEqualTo(40);
    assertThat(books.at("/items/0/free").asInt()).isEqualTo(40);
    assertThat(books.at("/items/0/sequences").asInt()).isZero();
    assertThat(books.at("/money/captured").asInt()).isZero();
    assertThat(books.at("/violations").isEmpty()).isTrue();
    assertThat(platform.signUp(AccountRole.SELLER).get(path).problem()).isEqualTo("not-found");
    assertThat(platform.visitor().get(path).status()).isEqualTo(401);
  }

  private String published() {
    var id = seller.post("/api/drops", MUGS).at("/id").asString();
    assertThat(seller.post("/api/drops/" + id + "/publish").status()).isEqualTo(200);
    return id;
  }

  private static List<String> ids(Answer page) {
    return page.at("/items").valueStream().map(item -> item.at("/id").asString()).toList();
  }
}
