package dev.seonchak.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.embedded.TestServers;
import dev.seonchak.identity.Keys;
import dev.seonchak.identity.SessionCookies;
import dev.seonchak.identity.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who and what gets in. */
@OnPlatform
class EdgeIT {
  @Autowired Platform platform;
  @Autowired Keys keys;

  private Person person;

  @BeforeEach
  void signUp() {
    if (person == null) {
      person = platform.signUp();
    }
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("seonchak")
        .audience("seonchak")
        .subject(person.id())
        .claim("sid", UUID.randomUUID().toString())
        .claim("roles", List.of("OPERATOR"))
        .expirationTime(Date.from(Instant.now().plusSeconds(60)));
  }

  private static String signed(
      JWSAlgorithm algorithm, String key, JWSSigner signer, JWTClaimsSet claims) throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private String own(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    SigningKey key = keys.current();
    return signed(
        JWSAlgorithm.RS256,
        key.id(),
        new RSASSASigner(key.signs()),
        change.apply(claims()).build());
  }

  private void assertRefused(String token) {
    for (String path : List.of("/api/me", "/api/drops", "/actuator/../api/me")) {
      Answer answer = person.withToken(token).get(path);
      if (answer.status() == 400) {
        continue; // The server itself refuses the path.
      }
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.problem()).isEqualTo("unauthenticated");
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void acceptsWhatItHasSignedItself() throws Exception {
    assertThat(person.withToken(own(token -> token)).get("/api/me").status()).isEqualTo(200);
  }

  @Test
  void refusesTokensOutOfTimeOrMeantForOthers() throws Exception {
    assertRefused(own(token -> token.expirationTime(Date.from(Instant.now().minusSeconds(1)))));
    assertRefused(own(token -> token.expirationTime(null)));
    assertRefused(own(token -> token.issuer("somebody")));
    assertRefused(own(token -> token.audience("somebody")));
    assertRefused(own(token -> token.subject("nobody")));
    assertRefused(own(token -> token.claim("sid", null)));
    assertRefused(own(token -> token.claim("roles", List.of("KING"))));
  }

  @Test
  void refusesForgedTokens() throws Exception {
    SigningKey key = keys.current();
    var stranger = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    JWTClaimsSet claims = claims().build();
    assertRefused(new PlainJWT(claims).serialize());
    assertRefused(
        signed(JWSAlgorithm.RS256, key.id(), new RSASSASigner(stranger.getPrivate()), claims));
    assertRefused(signed(JWSAlgorithm.RS256, "other", new RSASSASigner(key.signs()), claims));
    assertRefused(signed(JWSAlgorithm.RS512, key.id(), new RSASSASigner(key.signs()), claims));
    assertRefused(
        signed(JWSAlgorithm.HS256, key.id(), new MACSigner(key.verifies().getEncoded()), claims));
    String good = own(token -> token);
    String[] parts = good.split("\\.", -1);
    assertRefused(parts[0] + "." + parts[1] + ".");
    assertRefused(parts[0] + "." + parts[1] + "A." + parts[2]);
    assertRefused(good + "A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30."})
  void refusesGarbage(String token) {
    assertRefused(token);
  }

  @Test
  void refusesOtherSchemesAndRepeatedHeaders() throws Exception {
    assertThat(platform.visitor().with("Authorization", "Basic dTpw").get("/api/drops").status())
        .isEqualTo(401);
    String twice =
        raw(
            "GET /api/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(person.token(), person.token()));
    assertThat(twice).startsWith("HTTP/1.1 401");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-User-Id",
        "X-Account-Id",
        "X-Forwarded-User",
        "Forwarded-User",
        "X-Authenticated-User",
        "Remote-User",
        "X-Roles",
        "Caller",
        "dev.seonchak.caller"
      })
  void ignoresIdentityHeadersFromOutside(String header) {
    Person other = platform.signUp();
    assertThat(platform.visitor().with(header, other.id()).get("/api/me").status()).isEqualTo(401);
    assertThat(person.with(header, other.id()).get("/api/me").at("/id").asString())
        .isEqualTo(person.id());
  }

  @Test
  void treatsBadCookieAsSignedOut() {
    Person browser = platform.visitor().with("Cookie", SessionCookies.ACCESS + "=garbage");
    assertThat(browser.get("/api/drops").status()).isEqualTo(200);
    assertThat(browser.get("/api/me").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, same-origin, 200",
    "Sec-Fetch-Site, none, 200",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Origin, own, 200",
    "Origin, https://evil.example, 403",
    "Origin, null, 403",
    "X-Nothing, x, 403",
  })
  void letsNoOtherSiteActThroughCookies(String header, String value, int status) {
    Person browser =
        platform
            .visitor()
            .with("Cookie", SessionCookies.ACCESS + "=" + person.token())
            .with(header, value.equals("own") ? platform.url() : value);
    Answer answer = browser.patch("/api/me", Map.of("name", "Lee"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(browser.get("/api/me").status()).as("reading").isEqualTo(200);
  }

  @Test
  void letsProgramsActFromAnywhere() {
    assertThat(
            person
                .with("Origin", "https://else.example")
                .patch("/api/me", Map.of("name", "Lee"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void refusesBodiesThatAreTooLargeWithoutReadingThem() throws Exception {
    try (Socket socket = new Socket("localhost", platform.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /api/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] answer = new byte[2000];
      int read = socket.getInputStream().read(answer);
      assertThat(new String(answer, 0, read, StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 413")
          .contains("Connection: close");
    }
    InputStream endless = new ByteArrayInputStream(new byte[300_000]);
    Answer chunked = person.send("PATCH", "/api/me", BodyPublishers.ofInputStream(() -> endless));
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.problem()).isEqualTo("too-large");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/nothing, 404, not-found",
    "GET, /nothing, 404, not-found",
    "GET, /api/drops/not-an-id, 404, not-found",
    "GET, /api/drops/01890000-0000-7000-8000-000000000000, 404, not-found",
    "GET, /api/drops/*, 404, not-found",
    "GET, /api/drops/01890000-0000-7000-8000-00000000000-, 404, not-found",
    "DELETE, /api/drops, 405, method-not-allowed",
    "PUT, /api/drops/01890000-0000-7000-8000-000000000000/orders, 405, method-not-allowed",
    "GET, /api/drops?q=%00, 422, invalid",
  })
  void tellsWhatIsNotThere(String method, String path, int status, String problem) {
    Answer answer = person.send(method, path, BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
    if (status == 405) {
      assertThat(answer.header("Allow")).contains("GET");
    }
  }

  @Test
  void refusesRequestsThatAreNoHttpWithoutTellingOfItself() throws Exception {
    for (String line : List.of("GET /%00 HTTP/1.1", "GET /\\ HTTP/1.1", "GET /{} HTTP/1.1")) {
      String answer = raw(line + "\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("tomcat", "at org.");
    }
    String large =
        raw(
            "GET /api/drops HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Large: %s\r\n\r\n"
                .formatted("x".repeat(20_000)));
    assertThat(large).containsAnyOf("HTTP/1.1 400", "HTTP/1.1 431");
  }

  @Test
  void sendsHeadersThatKeepBrowsersCareful() {
    Answer api = person.get("/api/me");
    assertThat(api.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(api.header("Server")).isEmpty();
    Answer page = platform.visitor().get("/nothing");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'");
  }

  @Test
  void describesEveryOperation() {
    Answer document = platform.visitor().get("/v3/api-docs");
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.at("/info/title").asString()).isEqualTo("Seonchak");
    assertThat(document.at("/paths/~1api~1me/patch/responses/401/description").asString())
        .contains("unauthenticated");
    assertThat(
            document
                .at(
                    "/paths/~1api~1accounts/post/responses/409/content/application~1problem+json/schema/$ref")
                .asString())
        .isEqualTo("#/components/schemas/Problem");
    assertThat(document.at("/components/schemas").toString())
        .doesNotContain("\"Caller\"", "\"AccountId\"");
    assertThat(document.json().findValuesAsString("$ref"))
        .isNotEmpty()
        .allMatch(reference -> !document.at(reference.substring(1)).isMissingNode());
    document
        .at("/paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation ->
                    assertThat(operation.getValue().at("/summary").asString(""))
                        .as(operation.getKey() + " " + path.getKey())
                        .isNotEmpty()));
  }

  @Test
  void answersWithinBoundsWhileTheDatabaseIsAway() throws Exception {
    try (Platform node = Platform.start()) {
      Person known = node.signUp();
      String database =
          node.bean(JdbcClient.class).sql("select current_database()").query(String.class).single();
      var server = TestServers.postgres();
      try (Connection connection =
              DriverManager.getConnection(
                  server.jdbcUrl("postgres"), server.user(), server.password());
          Statement statement = connection.createStatement()) {
        statement.execute("alter database \"" + database + "\" allow_connections false");
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + database
                + "'");
        long begin = System.nanoTime();
        Answer answer = known.get("/api/me");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        statement.execute("alter database \"" + database + "\" allow_connections true");
      }
      // The pool needs a moment to connect again.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> known.get("/api/me").status(), status -> status == 200);
    }
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket("localhost", platform.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
