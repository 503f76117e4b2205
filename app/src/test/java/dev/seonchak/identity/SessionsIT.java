package dev.seonchak.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signing in, staying signed in and signing out. */
@OnPlatform
class SessionsIT {
  @Autowired Platform platform;
  @Autowired JdbcClient jdbc;

  private Answer signIn(String email, String password) {
    return platform.visitor().post("/api/sessions", Map.of("email", email, "password", password));
  }

  private static String refreshCookie(Answer answer) {
    return answer.cookie(SessionCookies.REFRESH).split(";", 2)[0];
  }

  private Answer refresh(String cookie) {
    return platform.visitor().with("Cookie", cookie).post("/api/sessions/refresh");
  }

  private String freshCookie() {
    return refreshCookie(signIn(platform.signUp().email(), Platform.PASSWORD));
  }

  /** Moves every replacement of this session's tokens into the past. */
  private void age(String cookie, Duration by) {
    jdbc.sql(
            """
            update refresh_tokens
               set replaced_at = replaced_at - make_interval(secs => :seconds)
             where session_id = (select session_id from refresh_tokens
                                  where hash = sha256(convert_to(:token, 'UTF8')))
            """)
        .param("seconds", by.toSeconds())
        .param("token", cookie.split("=", 2)[1])
        .update();
  }

  @Test
  void signsInWithPasswordOnly() {
    Person person = platform.signUp();
    assertThat(signIn(person.email().toUpperCase(Locale.ROOT), Platform.PASSWORD).status())
        .isEqualTo(200);
    Answer wrong = signIn(person.email(), "not the password");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.problem()).isEqualTo("wrong-credentials");
  }

  @Test
  void answersTheSameToAnUnknownAddress() {
    Person person = platform.signUp();
    Answer wrong = signIn(person.email(), "not the password");
    Answer unknown = signIn("nobody@example.test", "not the password");
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(unknown.headers().map().keySet()).isEqualTo(wrong.headers().map().keySet());
    long known = nanos(() -> signIn(person.email(), "not the password"));
    long nobody = nanos(() -> signIn("nobody@example.test", "not the password"));
    // A hash takes tens of milliseconds; without one the answer would take one or two.
    assertThat(nobody).isGreaterThan(known / 4);
  }

  private static long nanos(Runnable work) {
    long[] times = new long[3];
    for (int i = 0; i < times.length; i++) {
      long begin = System.nanoTime();
      work.run();
      times[i] = System.nanoTime() - begin;
    }
    Arrays.sort(times);
    return times[0];
  }

  @Test
  void refusesToGoOnGuessing() {
    Person person = platform.signUp();
    for (int i = 0; i < 10; i++) {
      assertThat(signIn(person.email(), "guess number " + i).status()).isEqualTo(401);
    }
    Answer refused = signIn(person.email(), Platform.PASSWORD);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.problem()).isEqualTo("too-many-attempts");
    assertThat(refused.header("Retry-After")).isEqualTo("600");
  }

  @Test
  void refusesToGoOnGuessingWithoutRedis() {
    try (Platform alone =
        platform.secondNode(
            "spring.data.redis.url=redis://127.0.0.1:1",
            "seonchak.identity.sign-in.account-attempts-max=2")) {
      Map<String, String> guess = Map.of("email", "g@example.test", "password", "12345678");
      assertThat(alone.visitor().post("/api/sessions", guess).status()).isEqualTo(401);
      assertThat(alone.visitor().post("/api/sessions", guess).status()).isEqualTo(401);
      assertThat(alone.visitor().post("/api/sessions", guess).status()).isEqualTo(429);
    }
  }

  @Test
  void exchangesRefreshToken() {
    String first = freshCookie();
    Answer answer = refresh(first);
    assertThat(answer.status()).isEqualTo(200);
    String second = refreshCookie(answer);
    assertThat(second).isNotEqualTo(first);
    assertThat(refresh(second).status()).isEqualTo(200);
    assertThat(
            platform
                .visitor()
                .withToken(answer.at("/accessToken").asString())
                .get("/api/me")
                .status())
        .isEqualTo(200);
  }

  @Test
  void toleratesTwoTabsThatRefreshAtOnce() {
    String cookie = freshCookie();
    String one = refreshCookie(refresh(cookie));
    String two = refreshCookie(refresh(cookie));
    assertThat(one).isNotEqualTo(two);
    assertThat(refresh(one).status()).isEqualTo(200);
    assertThat(refresh(two).status()).isEqualTo(200);
  }

  @Test
  void endsSessionWhenReplacedTokenComesBackLate() {
    String stolen = freshCookie();
    Answer good = refresh(stolen);
    age(stolen, Duration.ofSeconds(11));

    Answer theft = refresh(stolen);
    assertThat(theft.status()).isEqualTo(401);
    assertThat(refresh(refreshCookie(good)).status()).isEqualTo(401);
    Person thief = platform.visitor().withToken(good.at("/accessToken").asString());
    assertThat(thief.get("/api/me").status()).isEqualTo(401);
  }

  @Test
  void endsSessionEverywhereWithinASecondOrSo() {
    Person person = platform.signUp();
    try (Platform second = platform.secondNode()) {
      assertThat(second.as(person).get("/api/me").status()).isEqualTo(200);
      Answer out = person.delete("/api/sessions");
      assertThat(out.status()).isEqualTo(204);
      assertThat(out.cookie(SessionCookies.ACCESS)).contains("Max-Age=0");
      assertThat(person.get("/api/me").status()).isEqualTo(401);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> second.as(person).get("/api/me").status() == 401);
    }
  }

  @Test
  void signsOutByRefreshCookieAlone() {
    String cookie = freshCookie();
    platform.visitor().with("Cookie", cookie).delete("/api/sessions");
    assertThat(refresh(cookie).status()).isEqualTo(401);
  }

  @Test
  void refusesUnknownAndMissingRefreshTokens() {
    assertThat(refresh(SessionCookies.REFRESH + "=" + UUID.randomUUID()).status()).isEqualTo(401);
    assertThat(platform.visitor().post("/api/sessions/refresh").problem())
        .isEqualTo("unauthenticated");
  }

  @Test
  void endsOtherSessionsWhenThePasswordChanges() {
    Person here = platform.signUp();
    String elsewhere = signIn(here.email(), Platform.PASSWORD).at("/accessToken").asString();
    here.patch("/api/me", Map.of("password", "another one", "oldPassword", Platform.PASSWORD));
    assertThat(here.get("/api/me").status()).isEqualTo(200);
    assertThat(here.withToken(elsewhere).get("/api/me").status()).isEqualTo(401);
  }

  @Test
  void agreesOnOneKeyAndKeepsOldTokensGoodAfterRotation() {
    platform.bean(Keys.class).rotate();
    try (Platform second = platform.secondNode()) {
      String before = platform.visitor().get("/.well-known/jwks.json").body();
      assertThat(second.visitor().get("/.well-known/jwks.json").body()).isEqualTo(before);
      Person old = platform.signUp();
      int keys = platform.bean(Keys.class).all().size();

      platform.bean(Keys.class).rotate();
      Person young = platform.signUp();

      assertThat(platform.bean(Keys.class).all()).hasSize(keys + 1);
      assertThat(old.get("/api/me").status()).isEqualTo(200);
      assertThat(second.as(old).get("/api/me").status()).isEqualTo(200);
      assertThat(second.as(young).get("/api/me").status()).as("unknown key").isEqualTo(200);
      Answer published = platform.visitor().get("/.well-known/jwks.json");
      assertThat(published.at("/keys").size()).isEqualTo(keys + 1);
      assertThat(published.header("Cache-Control")).contains("max-age=300");
      assertThat(published.body()).doesNotContain("\"d\"", "\"p\"", "\"q\"");
    }
  }
}
