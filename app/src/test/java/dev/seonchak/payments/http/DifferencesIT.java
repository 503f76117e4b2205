package dev.seonchak.payments.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Person;
import dev.seonchak.Platform;
import dev.seonchak.identity.OwnAccount;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators see of the daily comparison. */
@OnPlatform
class DifferencesIT {
  private static final String PATH = "/api/payments/differences";

  @Autowired private Platform platform;
  @Autowired private OwnAccount accounts;
  @Autowired private JdbcClient database;

  @Test
  void listsForOperatorsOnly() {
    assertThat(platform.visitor().get(PATH).status()).isEqualTo(401);
    assertThat(platform.signUp().get(PATH).problem()).isEqualTo("forbidden");
    assertThat(operator().get(PATH + "?cursor=x").problem()).isEqualTo("invalid");
  }

  @Test
  void listsWhatDiffersWithItsAge() {
    var payment = differing();
    var operator = operator();
    var first = operator.get(PATH).at("/items/0");
    assertThat(first.path("paymentId").asString()).isEqualTo(payment.toString());
    assertThat(first.path("gateway").asString()).isEqualTo("elsewhere");
    assertThat(first.path("kind").asString()).isEqualTo("NOT_REFUNDED_THERE");
    assertThat(first.at("/here/refunded").asLong()).isEqualTo(12_000);
    assertThat(first.at("/there/refunded").asLong()).isZero();
    assertThat(first.path("ageSeconds").asLong()).isBetween(86_400L, 86_500L);
    assertThat(operator.get(PATH + "?cursor=0").at("/items").size()).isZero();
    database
        .sql("update differences set gone_at = now() where payment_id = ?")
        .param(payment)
        .update();
    assertThat(operator.get(PATH).body()).doesNotContain(payment.toString());
  }

  /** A difference of a gateway that is not configured here, so that nobody compares it again. */
  private UUID differing() {
    var order = UUID.randomUUID();
    var payment = UUID.randomUUID();
    database
        .sql(
            """
            with sold as (
              insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount, items,
                                  quantities, sequences, created_at, expires_at, held_until)
              values (:order, :order, :order, :order, 0, 'CANCELLED', 12000, '{}', '{}', '{}', now(), now(), now())
            ), paid as (
              insert into payments (id, order_id, buyer_id, gateway, state, amount, captured, refunded,
                                    return_token, session_ends, created_at, updated_at)
              values (:payment, :order, :order, 'elsewhere', 'REFUNDED', 12000, 12000, 12000,
                      :payment::text, now(), now(), now())
            )
            insert into differences (payment_id, gateway, kind, captured_here, refunded_here,
                                     captured_there, refunded_there, found_at, seen_at)
            values (:payment, 'elsewhere', 'NOT_REFUNDED_THERE', 12000, 12000, 12000, 0,
                    now() - interval '1 day', now())
            """)
        .param("order", order)
        .param("payment", payment)
        .update();
    return payment;
  }

  private Person operator() {
    var person = platform.signUp();
    accounts.assign(new AccountId(UUID.fromString(person.id())), Set.of(AccountRole.OPERATOR));
    Answer session =
        platform
            .visitor()
            .post("/api/sessions", Map.of("email", person.email(), "password", Platform.PASSWORD));
    return person.withToken(session.at("/accessToken").asString());
  }
}
