package dev.seonchak.acceptance;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The demo's play: accounts and a drop, the rush, the paying, and the wait for the news to arrive.
 */
final class Rush {
  private static final String PASSWORD = "first-come-first-served";
  private static final int SIGN_UPS_AT_ONCE = 8;
  private static final int PAYING_AT_ONCE = 32;
  private static final int TRIES_MAX = 20;
  private static final long CONFIRMED_WITHIN_SECONDS = 60;

  private final Api api;
  private final Demo.Options options;
  private final PrintStream out;
  private final Tally tally = new Tally();
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  Rush(Api api, Demo.Options options, PrintStream out) {
    this.api = api;
    this.options = options;
    this.out = out;
  }

  private record Held(String buyer, String order) {}

  private interface Work<T> {
    void on(T subject) throws IOException;
  }

  Result play() throws Exception {
    String seller = signUp("seller", List.of("SELLER"));
    Queue<String> buyers = new ConcurrentLinkedQueue<>();
    everyOne(
        "accounts",
        IntStream.range(0, options.buyers()).boxed().toList(),
        SIGN_UPS_AT_ONCE,
        number -> buyers.add(signUp("buyer-" + number, List.of())));
    Api.Answer drop = openDrop(seller);
    String dropId = drop.body().path("id").asString();
    String itemId = drop.body().path("items").path(0).path("id").asString();

    Queue<Held> held = rush(List.copyOf(buyers), dropId, itemId);
    Queue<Held> paid = new ConcurrentLinkedQueue<>();
    everyOne(
        "paying",
        List.copyOf(held),
        PAYING_AT_ONCE,
        order -> {
          if (pay(order)) {
            paid.add(order);
          }
        });
    everyOne("confirmed", List.copyOf(paid), PAYING_AT_ONCE, this::awaitConfirmed);
    for (Held order : held) {
      tally.count("order " + state(order));
    }
    return new Result(
        options, tally, api.get("/api/audit/drops/" + dropId, seller).expect(200).body());
  }

  private String signUp(String who, List<String> roles) throws IOException {
    Map<String, Object> account =
        Map.of(
            "email", who + "-" + run + "@example.com",
            "password", PASSWORD,
            "name", who,
            "roles", roles);
    for (int attempt = 1; ; attempt++) {
      Api.Answer answer = api.post("/api/accounts", null, account);
      // Hashing passwords is bounded on purpose; a crowd that signs up is asked to wait.
      if ((answer.status() == 503 || answer.status() == 429) && attempt < TRIES_MAX) {
        pause(attempt);
        continue;
      }
      return answer.expect(201).body().path("accessToken").asString();
    }
  }

  private Api.Answer openDrop(String seller) throws IOException {
    Map<String, Object> draft =
        Map.of(
            "title",
            "Demo " + run,
            "description",
            "One item, " + options.buyers() + " buyers.",
            "kind",
            "GOODS",
            "opensAt",
            Instant.now().minusSeconds(1).toString(),
            "holdMinutes",
            5,
            "items",
            List.of(
                Map.of(
                    "name",
                    "Hot item",
                    "price",
                    12_000,
                    "capacity",
                    options.stock(),
                    "limitPerPerson",
                    1)),
            "questions",
            List.of());
    Api.Answer drop = api.post("/api/drops", seller, draft).expect(201);
    api.post("/api/drops/" + drop.body().path("id").asString() + "/publish", seller, Map.of())
        .expect(200);
    return drop;
  }

  /** Every buyer waits at the same gate and then asks for one piece. */
  private Queue<Held> rush(List<String> buyers, String drop, String item)
      throws InterruptedException {
    Queue<Held> held = new ConcurrentLinkedQueue<>();
    var gate = new CountDownLatch(1);
    var finished = new CountDownLatch(buyers.size());
    try (var progress = new Progress(out, "rush", buyers.size());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String buyer : buyers) {
        threads.execute(() -> {
          try {
            gate.await();
            hold(buyer, drop, item, held);
          } catch (IOException | RuntimeException e) {
            tally.count("failed");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            progress.step();
            finished.countDown();
          }
        });
      }
      gate.countDown();
      finished.await();
    }
    return held;
  }

  private void hold(String buyer, String drop, String item, Queue<Held> held) throws IOException {
    tally.count("tried");
    Map<String, Object> order = Map.of("lines", List.of(Map.of("itemId", item, "quantity", 1)));
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    for (int attempt = 1; ; attempt++) {
      long began = System.nanoTime();
      Api.Answer answer = api.post("/api/drops/" + drop + "/orders", buyer, order, key);
      // "Ask again with the same key" is what a browser would do too.
      if (answer.status() == 503 && attempt < TRIES_MAX) {
        pause(attempt);
        continue;
      }
      tally.holdTook(System.nanoTime() - began);
      if (answer.status() == 201) {
        tally.count("held");
        held.add(new Held(buyer, answer.body().path("id").asString()));
      } else {
        tally.count(answer.problem().isEmpty() ? "failed" : answer.problem());
      }
      return;
    }
  }

  /**
   * Pays as a browser would: to the gateway's page, approve there, and back to the return address.
   */
  private boolean pay(Held order) throws IOException {
    Api.Answer attempt =
        api.post(
                "/api/orders/" + order.order() + "/payments",
                order.buyer(),
                Map.of("gateway", "kakaopay"))
            .expect(201);
    String page = attempt.body().path("redirectUrl").asString();
    Api.Answer approved = api.form(page, Map.of("decision", "approve"));
    Api.Answer back = api.get(Api.location(approved), null);
    if (back.status() >= 400) {
      tally.count("not paid");
      return false;
    }
    tally.count("paid");
    return true;
  }

  private void awaitConfirmed(Held order) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONFIRMED_WITHIN_SECONDS);
    for (int attempt = 1;
        !"CONFIRMED".equals(state(order)) && System.nanoTime() < deadline;
        attempt++) {
      pause(attempt);
    }
  }

  private String state(Held order) throws IOException {
    return api.get("/api/orders/" + order.order(), order.buyer())
        .expect(200)
        .body()
        .path("state")
        .asString();
  }

  private <T> void everyOne(String phase, List<T> subjects, int atOnce, Work<T> work)
      throws Exception {
    var room = new Semaphore(atOnce);
    Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    try (var progress = new Progress(out, phase, subjects.size());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T subject : subjects) {
        room.acquire();
        threads.execute(() -> {
          try {
            work.on(subject);
          } catch (IOException | RuntimeException e) {
            failures.add(e);
          } finally {
            room.release();
            progress.step();
          }
        });
      }
    }
    if (!failures.isEmpty()) {
      throw failures.element();
    }
  }

  private static void pause(int attempt) {
    try {
      TimeUnit.MILLISECONDS.sleep(Math.min(1_000, 50L * attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
