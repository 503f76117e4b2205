package dev.seonchak.payments.simulator;

import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.ReturnTokens;
import dev.seonchak.payments.Wire;
import dev.seonchak.payments.kakaopay.KakaoPay;
import dev.seonchak.payments.kakaopay.KakaoPaySettings;
import dev.seonchak.payments.toss.Toss;
import dev.seonchak.payments.toss.TossSettings;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The simulator, and the real adapters pointed at it. */
@Configuration(proxyBeanMethods = false)
@Conditional(SimulatorWanted.class)
class SimulatorConfiguration {
  @Bean(destroyMethod = "close")
  OwnConnections simulatorConnections(DataSource shop) throws SQLException {
    return new OwnConnections(shop);
  }

  @Bean(destroyMethod = "close")
  Simulator paymentSimulator(
      OwnConnections connections,
      @Value("${seonchak.simulator.port:8089}") int preferredPort,
      ReturnTokens words,
      Environment settings)
      throws IOException {
    // A key of its own for each start: whoever may call the simulator learns it from this process.
    return Simulator.start(
        connections.database(), preferredPort, words.next(), words::next, () -> webhooks(settings));
  }

  /** The public address, or this very process, whose port may be known only once it listens. */
  private static Optional<URI> webhooks(Environment settings) {
    return Optional.ofNullable(settings.getProperty("seonchak.public-url"))
        .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
        .or(() ->
            Optional.ofNullable(settings.getProperty("local.server.port"))
                .map(port -> "http://localhost:" + port))
        .map(base -> URI.create(base + "/api/payments/webhooks/toss"));
  }

  @Bean
  Gateway simulatedKakaoPay(Simulator simulator, Wire wire) {
    return new KakaoPay(
        new KakaoPaySettings(simulator.address(), simulator.secretKey(), Simulator.CID), wire);
  }

  @Bean
  TossSettings simulatedTossSettings(Simulator simulator) {
    return new TossSettings(
        simulator.address(), simulator.secretKey(), Simulator.CLIENT_KEY, simulator.script());
  }

  @Bean
  Gateway simulatedToss(TossSettings settings, Wire wire) {
    return new Toss(settings, wire);
  }
}
