package dev.seonchak.payments.simulator;

import dev.seonchak.orders.Paying;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Crashes on request, where there is a simulator and a setting says where plans are to be found.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(SimulatorWanted.class)
@ConditionalOnProperty("seonchak.simulator.halts")
class HaltsConfiguration {
  @Bean
  static Halts halts(@Value("${seonchak.simulator.halts}") Path plan) {
    return new Halts(plan);
  }

  @Bean
  @Primary
  Paying haltingOrders(@Qualifier("postgresPaying") Paying orders, Halts halts) {
    return (Paying) halts.before(orders, Set.of(Paying.class));
  }
}
