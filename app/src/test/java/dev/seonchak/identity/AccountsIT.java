package dev.seonchak.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opening, changing and closing accounts over HTTP. */
@OnPlatform
class AccountsIT {
  @Autowired Platform platform;
  @Autowired Accounts accounts;
  @Autowired OwnAccount ownAccount;
  @Autowired JdbcClient jdbc;

  private Answer signUp(String email, String password, String name, List<String> roles) {
    return platform
        .visitor()
        .post(
            "/api/accounts",
            Map.of("email", email, "password", password, "name", name, "roles", roles));
  }

  @Test
  void answersWithAccountAndSession() {
    Answer answer = signUp("Ada@Example.test", "12345678", " Ada ", List.of("SELLER"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.at("/account/email").asString()).isEqualTo("Ada@Example.test");
    assertThat(answer.at("/account/name").asString()).isEqualTo("Ada");
    assertThat(answer.at("/account/roles").toString()).isEqualTo("[\"BUYER\",\"SELLER\"]");
    assertThat(answer.at("/expiresIn").asInt()).isEqualTo(600);
    assertThat(answer.cookie(SessionCookies.ACCESS)).contains("HttpOnly", "SameSite=Lax");
    assertThat(answer.cookie(SessionCookies.REFRESH))
        .contains("HttpOnly", "SameSite=Strict", "Path=/api/sessions");
    Answer me = platform.visitor().withToken(answer.at("/accessToken").asString()).get("/api/me");
    assertThat(me.at("/id")).isEqualTo(answer.at("/account/id"));
  }

  @Test
  void refusesTheSameAddressHoweverItIsWritten() {
    signUp("twice@example.test", "12345678", "A", List.of());
    Answer again = signUp("TWICE@example.test", "12345678", "B", List.of());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.problem()).isEqualTo("email-taken");
  }

  @ParameterizedTest
  @CsvSource({
    "no-address, 12345678, Kim, BUYER, email",
    "a@b, 12345678, Kim, BUYER, email",
    "a b@example.test, 12345678, Kim, BUYER, email",
    "short@example.test, 1234567, Kim, BUYER, password",
    "name@example.test, 12345678, '   ', BUYER, name",
    "role@example.test, 12345678, Kim, OPERATOR, roles",
  })
  void refusesWhatCannotBeTaken(
      String email, String password, String name, String role, String field) {
    Answer answer = signUp(email, password, name, List.of(role));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid");
    assertThat(answer.at("/field").asString()).isEqualTo(field);
  }

  @Test
  void countsPasswordsInBytes() {
    assertThat(signUp("bytes72@example.test", "가".repeat(24), "A", List.of()).status())
        .isEqualTo(201);
    assertThat(signUp("bytes75@example.test", "가".repeat(25), "A", List.of()).status())
        .isEqualTo(422);
  }

  @Test
  void changesNameAndPassword() {
    Person person = platform.signUp();
    assertThat(person.patch("/api/me", Map.of("name", "Lee")).at("/name").asString())
        .isEqualTo("Lee");
    assertThat(person.patch("/api/me", Map.of("password", "new password")).status()).isEqualTo(422);
    Answer wrong =
        person.patch("/api/me", Map.of("password", "new password", "oldPassword", "not this"));
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.problem()).isEqualTo("wrong-password");
    Answer changed =
        person.patch(
            "/api/me", Map.of("password", "new password", "oldPassword", Platform.PASSWORD));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(signIn(person.email(), "new password").status()).isEqualTo(200);
    assertThat(signIn(person.email(), Platform.PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void closesAccountFreesAddressAndErasesWhatIsPersonal() {
    Person person = platform.signUp();
    assertThat(person.delete("/api/me", Map.of("password", "not this")).status()).isEqualTo(403);
    assertThat(person.delete("/api/me", Map.of("password", Platform.PASSWORD)).status())
        .isEqualTo(204);

    assertThat(person.get("/api/me").status()).isEqualTo(401);
    assertThat(signIn(person.email(), Platform.PASSWORD).status()).isEqualTo(401);
    Map<String, Object> row =
        jdbc.sql("select email, name, password_hash from accounts where id = ?")
            .param(UUID.fromString(person.id()))
            .query()
            .singleRow();
    assertThat(row.values()).containsOnly("");
    assertThat(signUp(person.email(), "12345678", "Next", List.of()).status()).isEqualTo(201);
  }

  @Test
  void letsOnlyOperatorsGiveRoles() {
    Person person = platform.signUp();
    Person other = platform.signUp(AccountRole.SELLER);
    String path = "/api/accounts/" + other.id() + "/roles";
    assertThat(person.put(path, Map.of("roles", List.of("OPERATOR"))).problem())
        .isEqualTo("forbidden");

    ownAccount.assign(new AccountId(UUID.fromString(person.id())), Set.of(AccountRole.OPERATOR));
    Person operator =
        person.withToken(signIn(person.email(), Platform.PASSWORD).at("/accessToken").asString());
    Answer given = operator.put(path, Map.of("roles", List.of("HOST", "OPERATOR")));
    assertThat(given.at("/roles").toString()).isEqualTo("[\"BUYER\",\"HOST\",\"OPERATOR\"]");
    assertThat(other.get("/api/me").status()).as("lost SELLER").isEqualTo(401);
    assertThat(
            operator
                .put("/api/accounts/" + UUID.randomUUID() + "/roles", Map.of("roles", List.of()))
                .status())
        .isEqualTo(404);
  }

  @Test
  void makesOperatorsByConfiguration() {
    try (Platform node = platform.secondNode("seonchak.operators=Boss@example.test,b@c.test")) {
      Answer boss =
          node.visitor()
              .post(
                  "/api/accounts",
                  Map.of("email", "boss@example.test", "password", "12345678", "name", "Boss"));
      assertThat(boss.at("/account/roles").toString()).isEqualTo("[\"BUYER\",\"OPERATOR\"]");
      Person operator = node.visitor().withToken(boss.at("/accessToken").asString());
      assertThat(operator.post("/api/keys").status()).isEqualTo(204);
    }
  }

  @Test
  void looksManyUpAtOnce() {
    AccountId known = new AccountId(UUID.fromString(platform.signUp().id()));
    AccountId unknown = new AccountId(UUID.randomUUID());
    assertThat(accounts.find(Set.of(known, unknown))).containsOnlyKeys(known);
  }

  @Test
  void keepsNoPasswordReadable() {
    Person person = platform.signUp();
    String hash =
        jdbc.sql("select password_hash from accounts where id = ?")
            .param(UUID.fromString(person.id()))
            .query(String.class)
            .single();
    assertThat(hash).startsWith("$2a$10$").doesNotContain(Platform.PASSWORD);
    assertThat(person.get("/api/me").body()).doesNotContain("$2a$", "password");
  }

  private Answer signIn(String email, String password) {
    return platform.visitor().post("/api/sessions", Map.of("email", email, "password", password));
  }
}
