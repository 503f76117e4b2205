package dev.seonchak.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform is killed in the middle of a rush and started again on what is left. */
class CrashIT {
  private static final int BUYERS = 12;
  private static final int HOLDS_EACH = 200;

  @Test
  void answersEveryKeyAsBeforeAfterAKillBetweenCommitAndAnswer(@TempDir Path folder)
      throws Exception {
    Path data = folder.resolve("data");
    Map<Try, String> answered = new ConcurrentHashMap<>();
    Shop shop;
    try (var platform = Platform.start(data)) {
      var api = new Api(platform.url());
      shop = Shop.open(api, BUYERS, BUYERS * HOLDS_EACH);
      var halfWay = new CountDownLatch(BUYERS * HOLDS_EACH / 3);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (String buyer : shop.buyers()) {
          threads.execute(() -> holdUntilTheEnd(api, shop, buyer, answered, halfWay));
        }
        halfWay.await();
        platform.kill();
      }
    }

    try (var again = Platform.start(data);
        var api = new Api(again.url())) {
      int unanswered = 0;
      for (String buyer : shop.buyers()) {
        for (int number = 0; number < HOLDS_EACH; number++) {
          var attempt = new Try(buyer, "key-" + number);
          Api.Answer answer = shop.hold(api, attempt).expect(201);
          String before = answered.get(attempt);
          if (before == null) {
            unanswered++;
          } else {
            assertThat(answer.text()).isEqualTo(before);
          }
        }
      }
      // Both kinds were there, or the kill came too early or too late to show anything.
      assertThat(unanswered).isBetween(1, BUYERS * HOLDS_EACH - 1);
      var audit = api.get("/api/audit/drops/" + shop.drop(), shop.seller()).expect(200).body();
      assertThat(audit.path("clean").asBoolean()).as(audit.toString()).isTrue();
      assertThat(audit.path("items").path(0).path("held").asInt()).isEqualTo(BUYERS * HOLDS_EACH);
    }
  }

  private static void holdUntilTheEnd(
      Api api, Shop shop, String buyer, Map<Try, String> answered, CountDownLatch halfWay) {
    try {
      for (int number = 0; number < HOLDS_EACH; number++) {
        var attempt = new Try(buyer, "key-" + number);
        answered.put(attempt, shop.hold(api, attempt).expect(201).text());
        halfWay.countDown();
      }
    } catch (IOException e) {
      // The platform is gone, which is what this test is about.
    }
  }

  private record Try(String buyer, String key) {}

  private record Shop(String seller, List<String> buyers, String drop, String item) {
    static Shop open(Api api, int buyers, int stock) throws IOException {
      String seller = signUp(api, "seller", List.of("SELLER"));
      var tokens = new java.util.ArrayList<String>();
      for (int number = 0; number < buyers; number++) {
        tokens.add(signUp(api, "buyer-" + number, List.of()));
      }
      var item =
          Map.of("name", "Jar", "price", 1_000, "capacity", stock, "limitPerPerson", HOLDS_EACH);
      var drop =
          api.post(
                  "/api/drops",
                  seller,
                  Map.of(
                      "title",
                      "Jars",
                      "description",
                      "",
                      "kind",
                      "GOODS",
                      "opensAt",
                      Instant.now().minusSeconds(60).toString(),
                      "holdMinutes",
                      30,
                      "items",
                      List.of(item),
                      "questions",
                      List.of()))
              .expect(201)
              .body();
      String id = drop.path("id").asString();
      api.post("/api/drops/" + id + "/publish", seller, Map.of()).expect(200);
      return new Shop(seller, tokens, id, drop.path("items").path(0).path("id").asString());
    }

    private static String signUp(Api api, String name, List<String> roles) throws IOException {
      return api.post(
              "/api/accounts",
              null,
              Map.of(
                  "email",
                  name + "@example.com",
                  "password",
                  "a long enough password",
                  "name",
                  name,
                  "roles",
                  roles))
          .expect(201)
          .body()
          .path("accessToken")
          .asString();
    }

    Api.Answer hold(Api api, Try attempt) throws IOException {
      return api.post(
          "/api/drops/" + drop + "/orders",
          attempt.buyer(),
          Map.of("lines", List.of(Map.of("itemId", item, "quantity", 1))),
          Map.of("Idempotency-Key", attempt.key()));
    }
  }
}
