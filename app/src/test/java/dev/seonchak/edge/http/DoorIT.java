package dev.seonchak.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.edge.Limits;
import dev.seonchak.embedded.TestServers;
import dev.seonchak.shared.AccountRole;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Crowds at the door of a whole platform. */
@OnPlatform
class DoorIT {
  /** More than can be inside. */
  private static final int CROWD = Limits.STANDARD.door().requestsAtOnceMax() + 88;

  private static final int ARRIVING = Limits.STANDARD.bodies().arrivingMax();

  @Autowired Platform platform;

  private final List<Socket> crowd = new ArrayList<>();

  @AfterEach
  void disperse() throws IOException {
    for (Socket socket : crowd) {
      socket.close();
    }
  }

  private Socket connect(Platform node, String text) throws IOException {
    var socket = new Socket("localhost", node.port());
    crowd.add(socket);
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    send(socket, text);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String answer(Socket socket) throws IOException {
    byte[] head = socket.getInputStream().readNBytes(12);
    assertThat(head).as("an answer before the end of the connection").hasSize(12);
    String status = new String(head, 9, 3, StandardCharsets.US_ASCII);
    // With a 503 the connection ends.
    byte[] more = status.equals("503") ? socket.getInputStream().readAllBytes() : new byte[0];
    return status + new String(more, StandardCharsets.US_ASCII);
  }

  @Test
  void whoSendsSlowlyKeepsNobodyOut() throws Exception {
    Person person = platform.signUp();
    String head =
        "PATCH /api/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
            .formatted(person.token());
    for (int i = 0; i < CROWD; i++) {
      connect(platform, head + "{\"na");
    }
    assertThat(person.get("/api/me").at("/name").asString()).isEqualTo("Kim");
    await().until(() -> answered() >= CROWD - ARRIVING);
    assertThat(answered()).as("those for whom there was no room").isEqualTo(CROWD - ARRIVING);
    Socket first = crowd.getFirst();
    send(first, "me\":\"Lee\"}");
    assertThat(answer(first)).startsWith("200");
    assertThat(person.get("/api/me").at("/name").asString()).isEqualTo("Lee");
  }

  @Test
  void aStopTellsEverybodyInsideAndOutside() throws Exception {
    Platform node = platform.secondNode();
    Person seller = node.signUp(AccountRole.SELLER);
    Person buyer = node.signUp();
    Answer drop =
        seller.post(
            "/api/drops",
            Map.of(
                "title",
                "Mugs",
                "kind",
                "GOODS",
                "questions",
                List.of(),
                "items",
                List.of(
                    Map.of(
                        "name",
                        "mug",
                        "price",
                        1_000,
                        "capacity",
                        CROWD,
                        "limitPerPerson",
                        CROWD))));
    assertThat(drop.status()).as(drop.body()).isEqualTo(201);
    String path = "/api/drops/" + drop.at("/id").asString();
    assertThat(seller.post(path + "/publish").status()).isEqualTo(200);
    String item = drop.at("/items/0/id").asString();
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select from pools where id = '" + item + "' for update");
      rush(node, path, item, buyer);
      Thread stop = Thread.ofVirtual().start(node::close);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> answered() >= CROWD - Limits.STANDARD.door().requestsAtOnceMax());
      connection.rollback();
      int held = 0;
      int told = 0;
      for (Socket socket : crowd) {
        String answer = answer(socket);
        if (answer.startsWith("201")) {
          held++;
        } else {
          assertThat(answer).startsWith("503").contains("Retry-After");
          told += answer.contains("being stopped") ? 1 : 0;
        }
      }
      assertThat(told).isGreaterThanOrEqualTo(CROWD - Limits.STANDARD.door().requestsAtOnceMax());
      stop.join();
      assertThat(count(item)).isEqualTo(held);
    } finally {
      node.close();
    }
  }

  /**
   * Everybody asks, as many as may be are inside and cannot go on, and the others stand outside.
   */
  private void rush(Platform node, String path, String item, Person buyer) throws IOException {
    String body = "{\"lines\":[{\"itemId\":\"%s\",\"quantity\":1}]}".formatted(item);
    for (int i = 0; i < CROWD; i++) {
      connect(
          node,
          "POST %s/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: k%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(path, buyer.token(), i, body.length(), body));
    }
    Turnstile turnstile = node.bean(Turnstile.class);
    await().until(() -> turnstile.working() + turnstile.waiting() >= CROWD);
  }

  private long answered() throws IOException {
    long answered = 0;
    for (Socket socket : crowd) {
      answered += socket.getInputStream().available() > 0 ? 1 : 0;
    }
    return answered;
  }

  private int count(String item) {
    return platform
        .bean(JdbcClient.class)
        .sql("select count(*) from claims where pool_id = ?::uuid")
        .param(item)
        .query(Integer.class)
        .single();
  }

  private Connection database() throws Exception {
    String name =
        platform
            .bean(JdbcClient.class)
            .sql("select current_database()")
            .query(String.class)
            .single();
    var server = TestServers.postgres();
    return DriverManager.getConnection(server.jdbcUrl(name), server.user(), server.password());
  }
}
