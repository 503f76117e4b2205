package dev.seonchak.payments.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** Nobody can pay with the simulator where money is meant. */
class SimulatorWantedTest {
  private static MockEnvironment settings(String... pairs) {
    var settings = new MockEnvironment();
    for (int i = 0; i < pairs.length; i += 2) {
      settings.setProperty(pairs[i], pairs[i + 1]);
    }
    return settings;
  }

  @Test
  void staysAwayUnlessAskedFor() {
    assertThat(SimulatorWanted.in(settings())).isFalse();
    assertThat(SimulatorWanted.in(settings("seonchak.simulator", "false"))).isFalse();
  }

  @Test
  void startsWhenAskedForOrEmbedded() {
    assertThat(SimulatorWanted.in(settings("seonchak.simulator", "true"))).isTrue();
    assertThat(SimulatorWanted.in(settings("seonchak.simulator", "embedded"))).isTrue();
  }

  @Test
  void refusesToStartInAProductionConfiguration() {
    assertThatThrownBy(() ->
            SimulatorWanted.in(
                settings(
                    "seonchak.simulator", "true",
                    "seonchak.public-url", "https://shop.example")))
        .hasMessageContaining("https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seonchak.gateways.kakaopay.secret-key",
        "seonchak.gateways.toss.secret-key",
        "seonchak.gateways.new-one.secretKey",
        "SEONCHAK_GATEWAYS_TOSS_SECRETKEY",
        "SEONCHAK_GATEWAYS_TOSS_SECRET_KEY"
      })
  void isNeverThereBesideTheKeyOfARealGateway(String key) {
    assertThatThrownBy(
            () -> SimulatorWanted.in(settings("seonchak.simulator", "true", key, "real")))
        .hasMessageContaining("key");
    assertThat(SimulatorWanted.in(settings("seonchak.simulator", "embedded", key, "real")))
        .isFalse();
  }
}
