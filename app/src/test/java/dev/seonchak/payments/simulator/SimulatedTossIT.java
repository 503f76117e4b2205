package dev.seonchak.payments.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.embedded.TestServers;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulator's Toss Payments is as strict as the company that it stands for. */
class SimulatedTossIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Simulator simulator;

  @BeforeAll
  static void start() throws Exception {
    var fresh = TestServers.freshDatabase();
    var source = new PGSimpleDataSource();
    source.setUrl(fresh.jdbcUrl());
    source.setUser(fresh.user());
    source.setPassword(fresh.password());
    simulator =
        Simulator.start(JdbcClient.create(source), 0, "key", () -> UUID.randomUUID().toString());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder signed(String path, String key) {
    var pair = (key + ":").getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(simulator.address().resolve("/v1/payments/" + path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private static HttpResponse<String> post(String path, String body, String idempotencyKey)
      throws Exception {
    return send(
        signed(path, "key")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(body)));
  }

  private static JsonNode get(String path) throws Exception {
    return JsonMapper.shared().readTree(send(signed(path, "key").GET()).body());
  }

  private static String code(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body()).path("code").asString("");
  }

  private static String query(String order) {
    return "clientKey=test_gck_simulator&amount=5000&orderId="
        + order
        + "&orderName="
        + URLEncoder.encode("A lamp", StandardCharsets.UTF_8)
        + "&successUrl=http://shop.example/ok&failUrl=http://shop.example/fail";
  }

  private static HttpResponse<String> widget(String query) throws Exception {
    return send(HttpRequest.newBuilder(simulator.address().resolve("/toss/widget?" + query)).GET());
  }

  private static URI page(String order) throws Exception {
    var opened = widget(query(order));
    assertThat(opened.statusCode()).isEqualTo(303);
    return simulator.address().resolve(opened.headers().firstValue("Location").orElseThrow());
  }

  private static String decide(URI page, String decision) throws Exception {
    return send(HttpRequest.newBuilder(page).POST(BodyPublishers.ofString("decision=" + decision)))
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  /** Opens the widget and agrees; the key that the buyer takes back. */
  private static String agreed(String order) throws Exception {
    var back = decide(page(order), "approve");
    assertThat(back)
        .startsWith("http://shop.example/ok?")
        .contains("orderId=" + order, "amount=5000");
    return back.replaceAll(".*paymentKey=([^&]*).*", "$1");
  }

  private static String order() {
    return "order_" + UUID.randomUUID();
  }

  private static String confirmation(String key, String order, long amount) {
    return "{\"paymentKey\":\"%s\",\"orderId\":\"%s\",\"amount\":%d}".formatted(key, order, amount);
  }

  @ParameterizedTest
  @CsvSource({
    "test_gck_simulator,other",
    "amount=5000,amount=0",
    "amount=5000,amount=5000.5",
    "orderId=,orderId=%20",
    "A+lamp,+",
    "http://shop.example/ok,ftp://shop.example",
    "http://shop.example/fail,javascript:alert"
  })
  void refusesAWidgetThatIsNotRight(String from, String to) throws Exception {
    assertThat(widget(query(order()).replace(from, to)).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWhoeverHasNotTheKey() throws Exception {
    var answer = send(signed("confirm", "other").POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(code(answer)).isEqualTo("UNAUTHORIZED_KEY");
  }

  @Test
  void givesTheErrorThatATesterAsksFor() throws Exception {
    var answer =
        send(
            signed("confirm", "key")
                .header("TossPayments-Test-Code", "REJECT_CARD_COMPANY")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("REJECT_CARD_COMPANY");
  }

  @Test
  void confirmsOnlyWhatTheBuyerHasAgreedTo() throws Exception {
    var order = order();
    assertThat(code(post("confirm", confirmation("nobody", order, 5000), "k0-" + order)))
        .isEqualTo("NOT_FOUND_PAYMENT");
    var page = page(order);
    var key = get("orders/" + order).path("paymentKey").asString();
    assertThat(get(key).path("status").asString()).isEqualTo("READY");
    assertThat(code(post("confirm", confirmation(key, order, 5000), "k1-" + order)))
        .isEqualTo("NOT_FOUND_PAYMENT_SESSION");
    decide(page, "approve");
    assertThat(get(key).path("status").asString()).isEqualTo("IN_PROGRESS");
    assertThat(code(post("confirm", confirmation(key, order, 4999), "k2-" + order)))
        .isEqualTo("FORBIDDEN_REQUEST");
    assertThat(code(post("confirm", confirmation(key, order(), 5000), "k3-" + order)))
        .isEqualTo("FORBIDDEN_REQUEST");
    var done = post("confirm", confirmation(key, order, 5000), "k4-" + order);
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(get("orders/" + order).path("status").asString()).isEqualTo("DONE");
    // The same Idempotency-Key is given the same answer, another key a refusal.
    assertThat(post("confirm", confirmation(key, order, 5000), "k4-" + order).body())
        .isEqualTo(done.body());
    assertThat(code(post("confirm", confirmation(key, order, 5000), "k5-" + order)))
        .isEqualTo("ALREADY_PROCESSED_PAYMENT");
    var second = agreed(order);
    assertThat(code(post("confirm", confirmation(second, order, 5000), "k6-" + order)))
        .isEqualTo("DUPLICATED_ORDER_ID");
  }

  @Test
  void cancelsInPartsAndNoMoreThanIsLeft() throws Exception {
    var order = order();
    var key = agreed(order);
    var part = "{\"cancelReason\":\"part\",\"cancelAmount\":2000}";
    assertThat(code(post(key + "/cancel", part, "c0-" + order)))
        .isEqualTo("NOT_CANCELABLE_PAYMENT");
    post("confirm", confirmation(key, order, 5000), "k-" + order);
    assertThat(code(post(key + "/cancel", "{\"cancelAmount\":1}", "c1-" + order)))
        .isEqualTo("INVALID_REQUEST");
    assertThat(code(post(key + "/cancel", part.replace("2000", "5001"), "c2-" + order)))
        .isEqualTo("NOT_CANCELABLE_AMOUNT");
    post(key + "/cancel", part, "c3-" + order);
    post(key + "/cancel", part, "c3-" + order);
    var now = get(key);
    assertThat(now.path("status").asString()).isEqualTo("PARTIAL_CANCELED");
    assertThat(now.path("totalAmount").asLong()).isEqualTo(5000);
    assertThat(now.path("balanceAmount").asLong()).isEqualTo(3000);
    assertThat(now.path("cancels").size()).isEqualTo(1);
    assertThat(post(key + "/cancel", "{\"cancelReason\":\"rest\"}", "c4-" + order).statusCode())
        .isEqualTo(200);
    assertThat(get(key).path("status").asString()).isEqualTo("CANCELED");
    assertThat(code(post(key + "/cancel", part, "c5-" + order)))
        .isEqualTo("ALREADY_CANCELED_PAYMENT");
  }

  @Test
  void sendsTheBuyerBackWithAReason() throws Exception {
    var order = order();
    assertThat(decide(page(order), "close"))
        .startsWith("http://shop.example/fail?code=PAY_PROCESS_CANCELED&")
        .endsWith("orderId=" + order);
    assertThat(decide(page(order), "decline"))
        .startsWith("http://shop.example/fail?code=REJECT_CARD_COMPANY&");
  }

  @Test
  void offersTheScriptOfTheWidget() throws Exception {
    var script = send(HttpRequest.newBuilder(simulator.script()).GET());
    assertThat(script.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/javascript");
    assertThat(script.body())
        .contains("TossPayments.ANONYMOUS", simulator.address() + "/toss/widget?");
  }

  @ParameterizedTest
  @CsvSource({"webhook,slow", "approve,forged", "order,lost"})
  void refusesASwitchThatCannotBefallTheCall(String call, String fault) throws Exception {
    var body = "{\"call\":\"%s\",\"fault\":\"%s\"}".formatted(call, fault);
    var answer =
        send(
            HttpRequest.newBuilder(simulator.address().resolve("/simulator/switches"))
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).isEqualTo(400);
  }
}
