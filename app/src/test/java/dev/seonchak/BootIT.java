package dev.seonchak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The platform boots as it is, and says that it is well. */
@OnPlatform
class BootIT {
  @Autowired Platform platform;

  @Test
  void answersThatItIsHealthy() {
    Answer health = platform.visitor().get("/actuator/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.at("/status").asString()).isEqualTo("UP");
  }

  @Test
  void countsRequestsByClassOfStatus() {
    platform.visitor().get("/api/nothing");
    assertThat(platform.visitor().get("/actuator/prometheus").body())
        .containsPattern("seonchak_http_requests_seconds_count\\{status=\"4xx\"} [1-9]");
  }
}
