package dev.seonchak.payments.simulator;

import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.ReturnTokens;
import dev.seonchak.payments.Wire;
import dev.seonchak.payments.kakaopay.KakaoPay;
import dev.seonchak.payments.kakaopay.KakaoPaySettings;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

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
      ReturnTokens words)
      throws IOException {
    // A key of its own for each start: whoever may call the simulator learns it from this process.
    return Simulator.start(connections.database(), preferredPort, words.next(), words::next);
  }

  @Bean
  Gateway simulatedKakaoPay(Simulator simulator, Wire wire) {
    return new KakaoPay(
        new KakaoPaySettings(simulator.address(), simulator.secretKey(), Simulator.CID), wire);
  }
}
