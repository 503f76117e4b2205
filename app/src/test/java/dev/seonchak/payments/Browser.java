package dev.seonchak.payments;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What buyers and testers do at the simulator, over HTTP. */
final class Browser {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();

  /** Presses a button on the gateway's page and says where that leads. */
  URI decide(URI page, String decision) {
    var answer =
        send(
            HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("decision=" + decision))
                .build());
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  /** Opens the widget with what a page of the shop asks for; the page where the buyer decides. */
  URI widget(URI simulator, Map<String, String> asked) {
    var query =
        asked.entrySet().stream()
            .map(one ->
                one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var answer = get(simulator.resolve("/toss/widget?" + query));
    return simulator.resolve(answer.headers().firstValue("Location").orElseThrow());
  }

  HttpResponse<String> get(URI address) {
    return send(HttpRequest.newBuilder(address).build());
  }

  HttpResponse<String> post(URI address, Map<String, Object> body) {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Authorization", "SECRET_KEY " + Shop.KEY)
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Amounts in order, negative for money that went back. */
  List<Long> ledger(URI simulator, String order) {
    var amounts = new ArrayList<Long>();
    var body = get(simulator.resolve("/simulator/ledger?order=" + order)).body();
    for (var movement : JSON.readTree(body).path("movements")) {
      var amount = movement.path("amount").asLong();
      amounts.add(movement.path("kind").asString().equals("CANCEL") ? -amount : amount);
    }
    return amounts;
  }

  /** The token of a return address, {@code /pay/{token}} with or without more. */
  static String token(URI address) {
    return address.getPath().split("/", -1)[2];
  }

  static Map<String, String> parameters(URI address) {
    var parameters = new HashMap<String, String>();
    for (var pair : address.getRawQuery().split("&", -1)) {
      var parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
