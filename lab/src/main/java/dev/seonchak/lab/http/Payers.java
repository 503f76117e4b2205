package dev.seonchak.lab.http;

import dev.seonchak.lab.load.Latencies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Buyers who hold, pay and come back as browsers do, many at once, through KakaoPay and Toss
 * Payments in turn. For one payment in ten the simulated company is told to do something wrong,
 * chosen by a seed.
 */
final class Payers implements AutoCloseable {
  private static final String KAKAO_PAY = "kakaopay";
  private static final String TOSS = "toss";

  /** What may go wrong at each company, by the call that it goes wrong in. */
  private static final List<Fault> SHARED =
      List.of(
          new Fault("approve", "done-lost", 0),
          new Fault("approve", "failed-lost", 0),
          new Fault("approve", "open-lost", 0),
          new Fault("approve", "done-500", 0),
          new Fault("approve", "open-500", 0),
          new Fault("approve", "body-cut", 0),
          new Fault("approve", "wrong-amount", 0),
          new Fault("approve", "wrong-order", 0),
          new Fault("approve", "in-progress", 2_000),
          new Fault("approve", "already-processed", 0),
          new Fault("approve", "slow", 12_000),
          new Fault("approve", "done-late", 15_000),
          new Fault("approve", "declined", 0));

  /** What may go wrong at one of them only. */
  private static final Map<String, List<Fault>> OWN =
      Map.of(
          KAKAO_PAY,
          List.of(new Fault("ready", "done-lost", 0), new Fault("ready", "open-500", 0)),
          TOSS,
          List.of(
              new Fault("webhook", "lost", 0),
              new Fault("webhook", "doubled", 0),
              new Fault("webhook", "reordered", 0),
              new Fault("webhook", "forged", 0)));

  private static final int TRIES_MAX = 3;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI platform;
  private final Shop.Hot hot;
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Latencies returns = new Latencies();
  private @Nullable URI simulator;

  Payers(int port, Shop.Hot hot) {
    platform = URI.create("http://127.0.0.1:" + port);
    this.hot = hot;
  }

  /** A fault of the simulated company; {@code delayMillis} where it has one. */
  private record Fault(String call, String name, long delayMillis) {}

  /** How often each fault was asked for, by company, call and name. */
  Map<String, Integer> faults() {
    return faults;
  }

  /** How long the platform took to answer buyers who came back. */
  Latencies returns() {
    return returns;
  }

  /**
   * @param buyers tokens, taken in turn
   * @param oneFaultIn one payment in so many goes wrong
   */
  void pay(int payments, int atOnce, int oneFaultIn, List<String> buyers, Random random)
      throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < payments; i++) {
      String buyer = buyers.get(i % buyers.size());
      String gateway = i % 2 == 0 ? KAKAO_PAY : TOSS;
      Fault fault = random.nextInt(oneFaultIn) == 0 ? fault(gateway, random) : null;
      all.add(() -> {
        one(buyer, gateway, fault);
        return null;
      });
    }
    run(all, atOnce);
  }

  /**
   * Purchases of which nothing is told to go wrong.
   *
   * @param buyers tokens, taken in turn
   */
  void pay(int payments, int atOnce, List<String> buyers) throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < payments; i++) {
      String buyer = buyers.get(i % buyers.size());
      all.add(() -> {
        pay(buyer);
        return null;
      });
    }
    run(all, atOnce);
  }

  private static void run(List<Callable<Void>> all, int atOnce) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      for (Future<Void> one : threads.invokeAll(all)) {
        one.get();
      }
    }
  }

  private static Fault fault(String gateway, Random random) {
    List<Fault> own = OWN.getOrDefault(gateway, List.of());
    int chosen = random.nextInt(SHARED.size() + own.size());
    return chosen < SHARED.size() ? SHARED.get(chosen) : own.get(chosen - SHARED.size());
  }

  /** One purchase, of which nothing is told to go wrong. */
  void pay(String buyer) throws IOException, InterruptedException {
    one(buyer, KAKAO_PAY, null);
  }

  private void one(String buyer, String gateway, @Nullable Fault fault)
      throws IOException, InterruptedException {
    String order = held(buyer);
    if (fault != null) {
      flip(simulator(buyer), order, fault);
    }
    URI page = page(started(buyer, order, gateway), gateway);
    HttpRequest.Builder agree =
        HttpRequest.newBuilder(page)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("decision=approve"));
    URI back = URI.create(send(agree, 303).headers().firstValue("Location").orElseThrow());
    long began = System.nanoTime();
    send(
        HttpRequest.newBuilder(platform.resolve(back.getRawPath() + "?" + back.getRawQuery())),
        303);
    long took = System.nanoTime() - began;
    synchronized (this) {
      returns.add(took);
      if (fault != null) {
        faults.merge(gateway + " " + fault.call() + " " + fault.name(), 1, Integer::sum);
      }
    }
  }

  private String held(String buyer) throws IOException, InterruptedException {
    HttpRequest.Builder hold =
        json(hot.path(), buyer, hot.wish()).header("Idempotency-Key", UUID.randomUUID().toString());
    return JSON.readTree(send(hold, 201).body()).get("id").asString();
  }

  /** Where the buyer decides, from where the browser goes first. */
  private URI page(URI first, String gateway) throws IOException, InterruptedException {
    if (!gateway.equals(TOSS)) {
      return first;
    }
    HttpRequest.Builder opened = HttpRequest.newBuilder(platform.resolve(first.getPath()));
    URI widget = new Widget(send(opened, 200).body()).used();
    HttpResponse<String> used = send(HttpRequest.newBuilder(widget), 303);
    return widget.resolve(used.headers().firstValue("Location").orElseThrow());
  }

  /** A start that the company did not take is tried again, as the page asks the buyer to. */
  private URI started(String buyer, String order, String gateway)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = start(buyer, order, gateway);
    for (int i = 1; answer.statusCode() == 503 && i < TRIES_MAX; i++) {
      answer = start(buyer, order, gateway);
    }
    JsonNode started = JSON.readTree(expected(answer, 201).body());
    return URI.create(started.get("redirectUrl").asString());
  }

  private HttpResponse<String> start(String buyer, String order, String gateway)
      throws IOException, InterruptedException {
    String body = "{\"gateway\":\"%s\"}".formatted(gateway);
    return client.send(
        json("/api/orders/" + order + "/payments", buyer, body).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Where the simulator is: the first page that it sends a buyer to tells. */
  private synchronized URI simulator(String buyer) throws IOException, InterruptedException {
    if (simulator == null) {
      simulator = started(buyer, held(buyer), KAKAO_PAY);
    }
    return simulator;
  }

  private void flip(URI company, String order, Fault fault)
      throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(
            Map.of(
                "order", order,
                "call", fault.call(),
                "fault", fault.name(),
                "delayMillis", fault.delayMillis()));
    send(
        HttpRequest.newBuilder(company.resolve("/simulator/switches"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        201);
  }

  private HttpRequest.Builder json(String path, String token, String body) {
    return HttpRequest.newBuilder(platform.resolve(path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    return expected(
        client.send(
            request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString()),
        expected);
  }

  private static HttpResponse<String> expected(HttpResponse<String> answer, int status)
      throws IOException {
    if (answer.statusCode() != status) {
      throw new IOException(
          answer.request().uri() + " answered " + answer.statusCode() + " " + answer.body());
    }
    return answer;
  }

  @Override
  public void close() {
    client.close();
  }
}
