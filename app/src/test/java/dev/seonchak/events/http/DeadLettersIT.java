package dev.seonchak.events.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.identity.OwnAccount;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replaying over HTTP what was set aside. */
@OnPlatform
class DeadLettersIT {
  private static final String REPLAY = "/api/events/dead-letters/%s/replay";

  @Autowired Platform platform;
  @Autowired OwnAccount accounts;
  @Autowired JdbcClient jdbc;

  @Test
  void replaysForOperatorsOnly() {
    assertThat(platform.visitor().post(REPLAY.formatted("orders")).status()).isEqualTo(401);
    assertThat(platform.signUp().post(REPLAY.formatted("orders")).problem()).isEqualTo("forbidden");
    Answer unknown = operator().post(REPLAY.formatted("nothings"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.problem()).isEqualTo("not-found");
  }

  @Test
  void replaysWhatWasSetAside() {
    Person operator = operator();
    jdbc.sql(
            """
            insert into outbox (id, aggregate, aggregate_id, type, payload)
            values (gen_random_uuid(), 'orders', gen_random_uuid(), 'OrderPaid', '{"amount": "?"}')
            """)
        .update();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          Answer answer = operator.post(REPLAY.formatted("orders"));
          return answer.status() == 200 && answer.at("/replayed").asInt() >= 1;
        });
  }

  private Person operator() {
    Person person = platform.signUp();
    accounts.assign(new AccountId(UUID.fromString(person.id())), Set.of(AccountRole.OPERATOR));
    Answer session =
        platform
            .visitor()
            .post("/api/sessions", Map.of("email", person.email(), "password", Platform.PASSWORD));
    return person.withToken(session.at("/accessToken").asString());
  }
}
