package dev.seonchak.lab.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The seller's side of the public interface: opens a drop, and asks for its audit. */
final class Shop implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final String token;

  Shop(int port, String token) {
    address = "http://127.0.0.1:" + port;
    this.token = token;
  }

  /** A published drop with one item of which there is enough for everybody. */
  record Hot(UUID drop, UUID item) {}

  Hot open() throws IOException, InterruptedException {
    JsonNode draft =
        send(
            "POST",
            "/api/drops",
            """
            {"title": "Hot item", "description": "", "kind": "GOODS", "holdMinutes": 60,
             "items": [{"name": "One", "price": 39000, "capacity": 10000000,
                        "limitPerPerson": 1000000}],
             "questions": []}
            """,
            201);
    UUID drop = UUID.fromString(draft.get("id").asString());
    send("POST", "/api/drops/" + drop + "/publish", "", 200);
    return new Hot(drop, UUID.fromString(draft.get("items").get(0).get("id").asString()));
  }

  JsonNode audit(UUID drop) throws IOException, InterruptedException {
    return send("GET", "/api/audit/drops/" + drop, "", 200);
  }

  /** What the platform answers to one request of a buyer. */
  String tryOut(String path, String body, String buyer, UUID key)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + buyer)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key.toString())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private JsonNode send(String method, String path, String body, int expected)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IOException(
          method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    client.close();
  }
}
