package dev.seonchak.payments.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.Answer;
import dev.seonchak.OnPlatform;
import dev.seonchak.Platform;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever sends a webhook learns nothing by the answer. */
@OnPlatform
class WebhookIT {
  private static final String TOSS = "/api/payments/webhooks/toss";

  @Autowired private Platform platform;

  private Answer told(String path, String body) {
    return platform.visitor().with("Content-Type", "application/json").post(path, body);
  }

  @Test
  void answersEveryWebhookAlike() {
    var number = UUID.randomUUID() + "_" + "A".repeat(22);
    var bodies =
        List.of(
            "{\"eventType\":\"PAYMENT_STATUS_CHANGED\",\"data\":{\"orderId\":\"" + number + "\"}}",
            "{\"data\":{\"orderId\":\"nobody\"}}",
            "{\"data\":",
            "nothing that anybody reads",
            "[[[[",
            "{\"a\":\"\\u0000\"}",
            "x".repeat(100_000));
    for (var body : bodies) {
      for (var path :
          List.of(TOSS, "/api/payments/webhooks/kakaopay", "/api/payments/webhooks/gold")) {
        var answer = told(path, body);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
      }
    }
  }

  @Test
  void refusesABodyThatIsTooLongForAnybody() {
    assertThat(told(TOSS, "x".repeat(300_000)).status()).isEqualTo(413);
  }

  @Test
  void takesAnyKindOfContent() {
    var answer =
        platform
            .visitor()
            .with("Content-Type", "application/x-www-form-urlencoded")
            .post(TOSS, "a=b");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(platform.visitor().get(TOSS).status()).isEqualTo(405);
  }
}
