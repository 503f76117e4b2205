package dev.seonchak.payments.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request to the simulator. */
record Incoming(HttpExchange exchange) {
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final int PARAMETERS_MAX = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  String path() {
    return exchange.getRequestURI().getPath();
  }

  boolean isPost() {
    return exchange.getRequestMethod().equals("POST");
  }

  /** For example {@code GET /simulator/ledger}. */
  String line() {
    return exchange.getRequestMethod() + " " + path();
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  Map<String, String> query() {
    return pairs(exchange.getRequestURI().getRawQuery());
  }

  Map<String, String> form() throws IOException {
    return pairs(text());
  }

  /** The body as a JSON object, null when it is none. */
  @Nullable JsonNode object() throws IOException {
    try {
      var body = JSON.readTree(text());
      return body.isObject() ? body : null;
    } catch (JacksonException _) {
      return null;
    }
  }

  private static Map<String, String> pairs(@Nullable String encoded) {
    var pairs = new HashMap<String, String>();
    for (var pair : (encoded == null ? "" : encoded).split("&", PARAMETERS_MAX)) {
      var at = pair.indexOf('=');
      if (at > 0) {
        pairs.put(
            URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
      }
    }
    return pairs;
  }

  private String text() throws IOException {
    return new String(exchange.getRequestBody().readNBytes(BODY_BYTES_MAX), StandardCharsets.UTF_8);
  }
}
