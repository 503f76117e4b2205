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

  /** A published drop with one item. */
  record Hot(UUID drop, UUID item) {
    /** Where holds are sent. */
    String path() {
      return "/api/drops/" + drop + "/orders";
    }

    /** A hold of one unit. */
    String wish() {
      return "{\"lines\":[{\"itemId\":\"%s\",\"quantity\":1}]}".formatted(item);
    }
  }

  Hot open() throws IOException, InterruptedException {
    return open(10_000_000);
  }

  Hot open(long capacity) throws IOException, InterruptedException {
    JsonNode draft =
        send(
            "POST",
            "/api/drops",
            """
            {"title": "Hot item", "description": "", "kind": "GOODS", "holdMinutes": 60,
             "items": [{"name": "One", "price": 39000, "capacity": %d,
                        "limitPerPerson": 1000000}],
             "questions": []}
            """
                .formatted(capacity),
            201);
    UUID drop = UUID.fromString(draft.get("id").asString());
    send("POST", "/api/drops/" + drop + "/publish", "", 200);
    return new Hot(drop, UUID.fromString(draft.get("items").get(0).get("id").asString()));
  }

  JsonNode audit(UUID drop) throws IOException, InterruptedException {
    return send("GET", "/api/audit/drops/" + drop, "", 200);
  }

  /** What the platform answers to one request of a buyer, which must be this. */
  String tryOut(String path, String body, String buyer, UUID key, int status)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + buyer)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key.toString())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != status) {
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
