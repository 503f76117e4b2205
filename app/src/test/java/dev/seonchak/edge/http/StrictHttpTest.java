package dev.seonchak.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.seonchak.edge.ErrorPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What a body may say, as a table: each row is a body, the status, the problem and the field. */
class StrictHttpTest {
  private static final String ITEM = "01890000-0000-7000-8000-000000000001";

  enum Colour {
    RED
  }

  record Line(UUID itemId, int quantity) {}

  record Wish(
      List<Line> lines,
      @Nullable Map<String, Object> answers,
      @Nullable String note,
      @Nullable Boolean agreed,
      @Nullable Colour colour,
      @Nullable Instant at,
      @Nullable Long big) {}

  @RestController
  static class Taking {
    @PostMapping("/wishes")
    Wish take(@RequestBody Wish wish) {
      return wish;
    }
  }

  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(new Taking())
          .setMessageConverters(new JsonConverter())
          .setControllerAdvice(
              new Problems(
                  new DefaultListableBeanFactory().getBeanProvider(ErrorPage.class),
                  UUID::randomUUID))
          .build();

  private static String wish(String more) {
    return "{\"lines\":[{\"itemId\":\"%s\",\"quantity\":1}]%s}".formatted(ITEM, more);
  }

  private static String line(String quantity) {
    return "{\"lines\":[{\"itemId\":\"%s\",\"quantity\":%s}]}".formatted(ITEM, quantity);
  }

  private static Arguments malformed(String what, String body) {
    return Arguments.of(what, body, 400, "malformed", "");
  }

  private static Arguments invalid(String what, String body, @Nullable String field) {
    return Arguments.of(what, body, 422, "invalid", field);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        malformed("nothing", ""),
        malformed("no JSON", "{"),
        malformed("null", "null"),
        invalid("a list", "[]", ""),
        invalid("something behind", wish("") + "{}", null),
        malformed("nested", wish(",\"answers\":" + "{\"a\":".repeat(10_000))),
        invalid("nested lists", "[".repeat(10_000), ""),
        malformed("repeated", wish(",\"note\":\"a\",\"note\":\"b\"")),
        malformed("repeated inside", wish(",\"answers\":{\"a\":1,\"a\":2}")),
        invalid("unknown", wish(",\"price\":1"), "price"),
        invalid("missing", "{}", "lines"),
        invalid("null list", "{\"lines\":null}", "lines"),
        invalid("null line", "{\"lines\":[null]}", "lines[0]"),
        invalid("missing inside", "{\"lines\":[{\"quantity\":1}]}", "lines[0].itemId"),
        invalid(
            "missing number", "{\"lines\":[{\"itemId\":\"" + ITEM + "\"}]}", "lines[0].quantity"),
        invalid("null number", line("null"), "lines[0].quantity"),
        invalid("text for number", line("\"1\""), "lines[0].quantity"),
        invalid("empty text for number", line("\"\""), "lines[0].quantity"),
        invalid("fraction", line("1.5"), "lines[0].quantity"),
        invalid("whole fraction", line("1.0"), "lines[0].quantity"),
        invalid("boolean for number", line("true"), "lines[0].quantity"),
        invalid("2^31", line("2147483648"), "lines[0].quantity"),
        invalid("2^63", line("9223372036854775808"), "lines[0].quantity"),
        invalid("2^63 for a long", wish(",\"big\":9223372036854775808"), "big"),
        malformed("endless number", line("1".repeat(1000))),
        malformed("not a number", line("NaN")),
        invalid("number for text", wish(",\"note\":1"), "note"),
        invalid("boolean for text", wish(",\"note\":true"), "note"),
        invalid("number for boolean", wish(",\"agreed\":1"), "agreed"),
        invalid("text for boolean", wish(",\"agreed\":\"true\""), "agreed"),
        invalid("number for choice", wish(",\"colour\":0"), "colour"),
        invalid("unknown choice", wish(",\"colour\":\"red\""), "colour"),
        invalid("number for time", wish(",\"at\":1"), "at"),
        invalid("local time", wish(",\"at\":\"2026-11-22T10:00:00\""), "at"),
        invalid("no id", "{\"lines\":[{\"itemId\":\"1\",\"quantity\":1}]}", "lines[0].itemId"),
        invalid("empty id", "{\"lines\":[{\"itemId\":\"\",\"quantity\":1}]}", "lines[0].itemId"),
        invalid("NUL", wish(",\"note\":\"a\\u0000\""), "body"),
        invalid("NUL in a name", wish(",\"answers\":{\"a\\u0000\":1}"), "body"),
        malformed("raw NUL", wish(",\"note\":\"a\u0000\"")),
        invalid("half a character", wish(",\"note\":\"\\ud800\""), "body"),
        invalid("halves the wrong way", wish(",\"answers\":{\"a\":\"\\udc00\\ud800\"}"), "body"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refuses(String what, String body, int status, String problem, @Nullable String field)
      throws Exception {
    MockHttpServletResponse response = send(body.getBytes(StandardCharsets.UTF_8));
    assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(status);
    assertThat(response.getContentType()).isEqualTo("application/problem+json");
    JsonNode document = StrictJson.MAPPER.readTree(response.getContentAsByteArray());
    assertThat(document.at("/type").asString()).isEqualTo("/problems/" + problem);
    assertThat(document.at("/status").asInt()).isEqualTo(status);
    if (field != null) {
      assertThat(document.at("/field").asString("")).isEqualTo(field);
    }
  }

  @Test
  void refusesSurrogatesInRawBytes() throws Exception {
    byte[] body = wish(",\"note\":\"xxx\"").getBytes(StandardCharsets.UTF_8);
    int at = new String(body, StandardCharsets.UTF_8).indexOf("xxx");
    body[at] = (byte) 0xED;
    body[at + 1] = (byte) 0xA0;
    body[at + 2] = (byte) 0x80;
    assertThat(send(body).getStatus()).isBetween(400, 422);
  }

  @Test
  void takesWhatIsMeant() throws Exception {
    String body =
        wish(
            ",\"answers\":{\"size\":\"L\",\"n\":3,\"ok\":true,\"many\":[\"a\"]},\"note\":\"한글 😀 \\ud83d\\ude00\",\"at\":\"2026-11-22T10:00:00+09:00\"");
    MockHttpServletResponse response = send(body.getBytes(StandardCharsets.UTF_8));
    assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(200);
    JsonNode document = StrictJson.MAPPER.readTree(response.getContentAsByteArray());
    assertThat(document.at("/note").asString()).isEqualTo("한글 😀 😀");
    assertThat(document.at("/at").asString()).isEqualTo("2026-11-22T01:00:00Z");
    assertThat(document.at("/answers/n").asInt()).isEqualTo(3);
  }

  @Test
  void refusesOtherMediaTypes() throws Exception {
    var response =
        mvc.perform(post("/wishes").contentType(MediaType.TEXT_PLAIN).content(wish("")))
            .andReturn()
            .getResponse();
    assertThat(response.getStatus()).isEqualTo(415);
  }

  private MockHttpServletResponse send(byte[] body) throws Exception {
    return mvc.perform(post("/wishes").contentType(MediaType.APPLICATION_JSON).content(body))
        .andReturn()
        .getResponse();
  }
}
