package dev.seonchak.acceptance;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's public HTTP interface as a program sees it. Thread-safe. */
public final class Api implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final JsonMapper json = JsonMapper.shared();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final URI base;

  public Api(URI base) {
    this.base = base;
  }

  /**
   * What came back.
   *
   * @param body the parsed document, a missing node when the body is not JSON
   */
  public record Answer(int status, JsonNode body, String text, HttpResponse<String> response) {
    /** The last part of a problem's type, for example {@code sold-out}; empty when it is none. */
    public String problem() {
      String type = body.path("type").asString("");
      return type.substring(type.lastIndexOf('/') + 1);
    }

    /**
     * @throws IllegalStateException telling the answer when its status is another
     */
    public Answer expect(int expected) {
      if (status != expected) {
        throw new IllegalStateException(
            "%s %s answered %d instead of %d: %s"
                .formatted(response.request().method(), response.uri(), status, expected, text));
      }
      return this;
    }
  }

  public Answer get(String path, @Nullable String token) throws IOException {
    return send(request(path, token).GET());
  }

  public Answer post(String path, @Nullable String token, Object body) throws IOException {
    return post(path, token, body, Map.of());
  }

  public Answer post(String path, @Nullable String token, Object body, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    headers.forEach(request::header);
    return send(request);
  }

  /** Sends a browser's form. */
  public Answer form(String address, Map<String, String> fields) throws IOException {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(address, null)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Where a redirect leads, as an absolute address. */
  public static String location(Answer answer) {
    String location =
        answer
            .response()
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IllegalStateException("no redirect: " + answer.text()));
    return answer.response().uri().resolve(location).toString();
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_WITHIN);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
      JsonNode body = isJson ? json.readTree(response.body()) : json.missingNode();
      return new Answer(response.statusCode(), body, response.body(), response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for an answer");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
