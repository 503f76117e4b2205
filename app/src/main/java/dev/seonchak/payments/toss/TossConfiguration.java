package dev.seonchak.payments.toss;

import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.Wire;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The real Toss Payments, as soon as there is a key for it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("seonchak.gateways.toss.secret-key")
class TossConfiguration {
  @Bean
  TossSettings tossSettings(
      @Value("${seonchak.gateways.toss.base-url:https://api.tosspayments.com}") URI baseUrl,
      @Value("${seonchak.gateways.toss.secret-key}") String secretKey,
      @Value("${seonchak.gateways.toss.client-key}") String clientKey,
      @Value("${seonchak.gateways.toss.script:https://js.tosspayments.com/v2/standard}")
          URI script) {
    return new TossSettings(baseUrl, secretKey, clientKey, script);
  }

  @Bean
  Gateway toss(TossSettings settings, Wire wire) {
    return new Toss(settings, wire);
  }
}
