package dev.seonchak;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the platform answered to a {@link Person}. */
public record Answer(int status, HttpHeaders headers, String body) {
  Answer(HttpResponse<String> response) {
    this(response.statusCode(), response.headers(), response.body());
  }

  public JsonNode json() {
    return Person.JSON.readTree(body);
  }

  /**
   * @param pointer a JSON pointer such as {@code /lines/0/sequence}
   */
  public JsonNode at(String pointer) {
    return json().at(pointer);
  }

  /** The stable name of the problem, without {@code /problems/}; fails when this is no problem. */
  public String problem() {
    String contentType = header("Content-Type");
    if (!contentType.startsWith("application/problem+json")) {
      throw new AssertionError("no problem document: " + this);
    }
    return at("/type").asString().replaceFirst("^/problems/", "");
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The cookie of that name as {@code name=value; attributes}, empty when it was not set. */
  public String cookie(String name) {
    List<String> all = headers.allValues("Set-Cookie");
    return all.stream().filter(cookie -> cookie.startsWith(name + "=")).findFirst().orElse("");
  }

  @Override
  public String toString() {
    return status + " " + body;
  }
}
