package dev.seonchak.payments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON calls to gateways. The time limit covers the whole answer, body included, and whatever is
 * not a whole JSON object within it is {@link Silence}. Nothing is ever sent twice, and no redirect
 * is followed. Safe for many threads.
 */
public final class Wire implements AutoCloseable {
  private final HttpClient client;
  private final JsonMapper json = JsonMapper.builder().build();
  private final PaymentLimits limits;

  public Wire(PaymentLimits limits) {
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connectWithin())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /** No call takes longer. */
  public Duration answersWithin() {
    return limits.answerWithin();
  }

  /** Posts a JSON object and reads one. */
  public Heard post(URI address, Map<String, String> headers, Map<String, Object> body) {
    return send(
        request(address, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
  }

  /** Reads a JSON object. */
  public Heard get(URI address, Map<String, String> headers) {
    return send(request(address, headers).GET());
  }

  private HttpRequest.Builder request(URI address, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(address).timeout(limits.answerWithin());
    headers.forEach(request::header);
    return request;
  }

  private Heard send(HttpRequest.Builder request) {
    var answer =
        client.sendAsync(
            request.build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerBytesMax()));
    try {
      return read(answer.get(limits.answerWithin().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      answer.cancel(true);
      return new Silence("no whole answer within " + limits.answerWithin().toMillis() + " ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException broken) {
        return new Silence(broken.toString());
      }
      throw new IllegalStateException("a call to a gateway failed", e.getCause());
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Silence("interrupted");
    }
  }

  private Heard read(HttpResponse<byte[]> response) {
    try {
      var body = json.readTree(new String(response.body(), StandardCharsets.UTF_8));
      return body.isObject()
          ? new Answer(response.statusCode(), body)
          : new Silence("status " + response.statusCode() + " without a JSON object");
    } catch (JacksonException _) {
      return new Silence("status " + response.statusCode() + " with an unreadable body");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** What came back. */
  public sealed interface Heard {}

  /** A whole answer, of whatever status. */
  public record Answer(int status, JsonNode body) implements Heard {
    public boolean ok() {
      return status == 200;
    }

    /** The far side has read the request and will not do it. */
    public boolean refuses() {
      return status >= 400 && status < 500;
    }
  }

  /** Nothing, or only a part. */
  public record Silence(String why) implements Heard {}
}
