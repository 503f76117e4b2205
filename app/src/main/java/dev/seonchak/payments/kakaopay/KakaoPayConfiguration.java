package dev.seonchak.payments.kakaopay;

import dev.seonchak.payments.Gateway;
import dev.seonchak.payments.Wire;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The real KakaoPay, as soon as there is a key for it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("seonchak.gateways.kakaopay.secret-key")
class KakaoPayConfiguration {
  @Bean
  Gateway kakaoPay(
      @Value("${seonchak.gateways.kakaopay.base-url:https://open-api.kakaopay.com}") URI baseUrl,
      @Value("${seonchak.gateways.kakaopay.secret-key}") String secretKey,
      @Value("${seonchak.gateways.kakaopay.cid}") String cid,
      Wire wire) {
    return new KakaoPay(new KakaoPaySettings(baseUrl, secretKey, cid), wire);
  }
}
