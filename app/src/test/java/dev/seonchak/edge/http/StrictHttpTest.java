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

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("nothing", "", 400, "malformed", ""),
        Arguments.of("no JSON", "{", 400, "malformed", ""),
        Arguments.of("null", "null", 400, "malformed", ""),
        Arguments.of("a list", "[]", 422, "invalid", ""),
        Arguments.of("something behind", wish("") + "{}", 422, "invalid", null),
        Arguments.of(
            "nested", wish(",\"answers\":" + "{\"a\":".repeat(10_000)), 400, "malformed", ""),
        Arguments.of("nested lists", "[".repeat(10_000), 422, "invalid", ""),
        Arguments.of("repeated", wish(",\"note\":\"a\",\"note\":\"b\""), 400, "malformed", ""),
        Arguments.of(
            "repeated inside", wish(",\"answers\":{\"a\":1,\"a\":2}"), 400, "malformed", ""),
        Arguments.of("unknown", wish(",\"price\":1"), 422, "invalid", "price"),
        Arguments.of("missing", "{}", 422, "invalid", "lines"),
        Arguments.of("null list", "{\"lines\":null}", 422, "invalid", "lines"),
        Arguments.of("null line", "{\"lines\":[null]}", 422, "invalid", "lines[0]"),
        Arguments.of(
            "missing inside", "{\"lines\":[{\"quantity\":1}]}", 422, "invalid", "lines[0].itemId"),
        Arguments.of(
            "missing number",
            "{\"lines\":[{\"itemId\":\"" + ITEM + "\"}]}",
            422,
            "invalid",
            "lines[0].quantity"),
        Arguments.of("null number", line("null"), 422, "invalid", "lines[0].quantity"),
        Arguments.of("text for number", line("\"1\""), 422, "invalid", "lines[0].quantity"),
        Arguments.of("empty text for number", line("\"\""), 422, "invalid", "lines[0].quantity"),
        Arguments.of("fraction", line("1.5"), 422, "invalid", "lines[0].quantity"),
        Arguments.of("whole fraction", line("1.0"), 422, "invalid", "lines[0].quantity"),
        Arguments.of("boolean for number", line("true"), 422, "invalid", "lines[0].quantity"),
        Arguments.of("2^31", line("2147483648"), 422, "invalid", "lines[0].quantity"),
        Arguments.of("2^63", line("9223372036854775808"), 422, "invalid", "lines[0].quantity"),
        Arguments.of(
            "2^63 for a long", wish(",\"big\":9223372036854775808"), 422, "invalid", "big"),
        Arguments.of("endless number", line("1".repeat(1000)), 400, "malformed", ""),
        Arguments.of("not a number", line("NaN"), 400, "malformed", ""),
        Arguments.of("number for text", wish(",\"note\":1"), 422, "invalid", "note"),
        Arguments.of("boolean for text", wish(",\"note\":true"), 422, "invalid", "note"),
        Arguments.of("number for boolean", wish(",\"agreed\":1"), 422, "invalid", "agreed"),
        Arguments.of("text for boolean", wish(",\"agreed\":\"true\""), 422, "invalid", "agreed"),
        Arguments.of("number for choice", wish(",\"colour\":0"), 422, "invalid", "colour"),
        Arguments.of("unknown choice", wish(",\"colour\":\"red\""), 422, "invalid", "colour"),
        Arguments.of("number for time", wish(",\"at\":1"), 422, "invalid", "at"),
        Arguments.of("local time", wish(",\"at\":\"2026-11-22T10:00:00\""), 422, "invalid", "at"),
        Arguments.of(
            "no id",
            "{\"lines\":[{\"itemId\":\"1\",\"quantity\":1}]}",
            422,
            "invalid",
            "lines[0].itemId"),
        Arguments.of(
            "empty id",
            "{\"lines\":[{\"itemId\":\"\",\"quantity\":1}]}",
            422,
            "invalid",
            "lines[0].itemId"),
        Arguments.of("NUL", wish(",\"note\":\"a\\u0000\""), 422, "invalid", "body"),
        Arguments.of(
            "NUL in a name", wish(",\"answers\":{\"a\\u0000\":1}"), 422, "invalid", "body"),
        Arguments.of("raw NUL", wish(",\"note\":\"a\u0000\""), 400, "malformed", ""),
        Arguments.of("half a character", wish(",\"note\":\"\\ud800\""), 422, "invalid", "body"),
        Arguments.of(
            "halves the wrong way",
            wish(",\"answers\":{\"a\":\"\\udc00\\ud800\"}"),
            422,
            "invalid",
            "body"));
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
