package dev.seonchak.payments.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the simulator sends back.
 *
 * @param sent how much of it really leaves
 */
record Reply(int status, Map<String, String> headers, String body, Sent sent) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How much of a reply leaves before the connection is closed. */
  enum Sent {
    WHOLE,
    HALF,
    NOTHING
  }

  static Reply json(int status, Object body) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/json;charset=UTF-8"),
        JSON.writeValueAsString(body),
        Sent.WHOLE);
  }

  static Reply page(int status, String html) {
    return new Reply(
        status,
        Map.of(
            "Content-Type", "text/html;charset=UTF-8",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
        html,
        Sent.WHOLE);
  }

  static Reply script(String text) {
    return new Reply(
        200,
        Map.of("Content-Type", "text/javascript;charset=UTF-8", "Cache-Control", "no-store"),
        text,
        Sent.WHOLE);
  }

  static Reply seeOther(String location) {
    return new Reply(303, Map.of("Location", location), "", Sent.WHOLE);
  }

  /** Sends the browser on with parameters added to the address. */
  static Reply seeOther(String location, Map<String, String> parameters) {
    var query =
        parameters.entrySet().stream()
            .map(one ->
                one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return seeOther(location + (location.contains("?") ? "&" : "?") + query);
  }

  /** A refusal in KakaoPay's form of today. */
  static Reply error(int status, int code, String message) {
    return json(status, Map.of("error_code", code, "error_message", message));
  }

  /** A refusal by whoever pays, with the reason that KakaoPay wraps. */
  static Reply refused(String resultCode, String resultMessage) {
    return json(
        400,
        Map.of(
            "error_code",
            -780,
            "error_message",
            "approval failure!",
            "extras",
            Map.of("method_result_code", resultCode, "method_result_message", resultMessage)));
  }

  /** A refusal in the older form, which some calls still use. */
  static Reply olderError(int status, int code, String message) {
    return json(status, Map.of("code", code, "msg", message));
  }

  /** A refusal as Toss Payments tells it. */
  static Reply tossError(int status, String code, String message) {
    return json(status, Map.of("code", code, "message", message));
  }

  Reply cut() {
    return new Reply(status, headers, body, Sent.HALF);
  }

  static Reply lost() {
    return new Reply(0, Map.of(), "", Sent.NOTHING);
  }
}
