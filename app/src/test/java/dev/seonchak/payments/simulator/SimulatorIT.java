package dev.seonchak.payments.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.embedded.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The simulator is as strict as the company that it stands for, and forgets nothing. */
class SimulatorIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static JdbcClient database;
  private static Simulator simulator;

  @BeforeAll
  static void start() throws Exception {
    var fresh = TestServers.freshDatabase();
    var source = new PGSimpleDataSource();
    source.setUrl(fresh.jdbcUrl());
    source.setUser(fresh.user());
    source.setPassword(fresh.password());
    database = JdbcClient.create(source);
    simulator = started();
  }

  private static Simulator started() throws Exception {
    return Simulator.start(database, 0, "key", () -> UUID.randomUUID().toString());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return post(path, body, "SECRET_KEY key");
  }

  private static HttpResponse<String> post(String path, String body, String key) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(simulator.address().resolve(path))
            .header("Authorization", key)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String readyBody() {
    return """
    {"cid":"TC0ONETIME","partner_order_id":"o1","partner_user_id":"u1","item_name":"A <b>lamp</b>",
     "quantity":1,"total_amount":5000,"tax_free_amount":0,"approval_url":"http://shop.example/ok",
     "cancel_url":"http://shop.example/cancel","fail_url":"http://shop.example/fail"}
    """;
  }

  private static String value(String json, String name) {
    var at = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return json.substring(at, json.indexOf('"', at));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cid\":\"TC0ONETIME\"|\"cid\":\"OTHER\"|-731",
        "\"o1\"|\"\"|-2",
        "\"quantity\":1|\"quantity\":0|-2",
        "\"total_amount\":5000|\"total_amount\":0|-722",
        "\"tax_free_amount\":0|\"tax_free_amount\":5001|-722",
        "http://shop.example/ok|ftp://shop.example|-2"
      })
  void refusesAReadyThatIsNotRight(String from, String to, String code) throws Exception {
    var answer = post("/online/v1/payment/ready", readyBody().replace(from, to));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error_code\":" + code);
  }

  @Test
  void refusesWhoeverHasNotTheKey() throws Exception {
    assertThat(post("/online/v1/payment/ready", readyBody(), "SECRET_KEY other").statusCode())
        .isEqualTo(401);
  }

  @Test
  void givesTheErrorThatATesterAsksFor() throws Exception {
    var answer =
        CLIENT.send(
            HttpRequest.newBuilder(simulator.address().resolve("/online/v1/payment/approve"))
                .header("Authorization", "SECRET_KEY key")
                .header("TossPayments-Test-Code", "REJECT_CARD_COMPANY")
                .POST(BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("REJECT_CARD_COMPANY");
  }

  @Test
  void letsABuyerPayOnItsPageAndRemembersItAfterARestart() throws Exception {
    var ready = post("/online/v1/payment/ready", readyBody()).body();
    var tid = value(ready, "tid");
    var page = URI.create(value(ready, "next_redirect_mobile_url")).getPath();
    var shown =
        CLIENT.send(
            HttpRequest.newBuilder(simulator.address().resolve(page)).build(),
            BodyHandlers.ofString());
    assertThat(shown.body()).contains("simulator", "A &lt;b&gt;lamp", "5,000 won", "Approve");
    var approve =
        """
        {"cid":"TC0ONETIME","tid":"%s","partner_order_id":"o1","partner_user_id":"u1","pg_token":"%s"}
        """;
    assertThat(post("/online/v1/payment/approve", approve.formatted(tid, "x")).body())
        .contains("-701");
    var back = post(page, "decision=approve").headers().firstValue("Location").orElseThrow();
    assertThat(back).startsWith("http://shop.example/ok?pg_token=");
    var token = back.substring(back.indexOf('=') + 1);
    assertThat(post("/online/v1/payment/approve", approve.formatted(tid, "wrong")).body())
        .contains("\"code\":-708");
    assertThat(
            post("/online/v1/payment/approve", approve.formatted(tid, token).replace("o1", "o2"))
                .body())
        .contains("-706");
    simulator.close();
    simulator = started();
    assertThat(post("/online/v1/payment/approve", approve.formatted(tid, token)).statusCode())
        .isEqualTo(200);
    assertThat(post("/online/v1/payment/approve", approve.formatted(tid, token)).body())
        .contains("-702");
    assertThat(
            post("/online/v1/payment/order", "{\"cid\":\"TC0ONETIME\",\"tid\":\"" + tid + "\"}")
                .body())
        .contains("SUCCESS_PAYMENT");
    // The back button leads where the first decision led.
    assertThat(post(page, "decision=decline").headers().firstValue("Location")).contains(back);
  }

  @Test
  void refusesSwitchesThatItDoesNotHave() throws Exception {
    assertThat(post("/simulator/switches", "{\"fault\":\"earthquake\"}").statusCode())
        .isEqualTo(400);
    assertThat(post("/simulator/switches", "[]").statusCode()).isEqualTo(400);
  }
}
