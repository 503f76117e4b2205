package dev.seonchak.payments;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.seonchak.orders.Paying;
import dev.seonchak.runtime.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the module together. Gateways are the beans of that type, each from its own sub-package. */
@Configuration(proxyBeanMethods = false)
class PaymentsConfiguration {
  private static final int TOKEN_BYTES = 24;

  @Bean
  PaymentLimits paymentLimits() {
    return PaymentLimits.STANDARD;
  }

  @Bean
  ReturnTokens returnTokens(SecureRandom random) {
    return () -> {
      var bytes = new byte[TOKEN_BYTES];
      random.nextBytes(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    };
  }

  @Bean
  ReturnAddresses returnAddresses(
      @Value("${seonchak.public-url:http://localhost:${server.port:8080}}") URI publicUrl) {
    return new ReturnAddresses(publicUrl);
  }

  @Bean
  Wire wire(PaymentLimits limits) {
    return new Wire(limits);
  }

  @Bean
  Gateways gateways(
      ObjectProvider<Gateway> configured, PaymentLimits limits, MeterRegistry meters) {
    return new Gateways(
        configured.orderedStream().<Gateway>map(one -> new Bulkhead(one, limits, meters)).toList());
  }

  @Bean
  Starting starting(
      Payments payments,
      Gateways gateways,
      Paying orders,
      ReturnAddresses addresses,
      Ids ids,
      ReturnTokens tokens,
      TransactionTemplate transaction) {
    return new Starting(payments, gateways, orders, addresses, ids, tokens, transaction);
  }

  @Bean
  Verdicts verdicts(
      Payments payments,
      Refunds refunds,
      Paying orders,
      Ids ids,
      PaymentLimits limits,
      TransactionTemplate transaction) {
    return new Verdicts(payments, refunds, orders, ids, limits, transaction);
  }

  @Bean
  Settling settling(
      Payments payments,
      Unsettled unsettled,
      Gateways gateways,
      Paying orders,
      Verdicts verdicts,
      PaymentLimits limits,
      TransactionTemplate transaction) {
    return new Settling(payments, unsettled, gateways, orders, verdicts, limits, transaction);
  }

  @Bean
  Hints hints(Gateways gateways, Unsettled unsettled, PaymentLimits limits) {
    return new Hints(gateways, unsettled, limits, Ticker.systemTicker());
  }

  @Bean
  Refunding refunding(
      Refunds refunds, RefusedRefunds refused, Unsettled unsettled, PaymentLimits limits) {
    return new Refunding(refunds, refused, unsettled, limits);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  Reconciler reconciler(
      Unsettled unsettled,
      Gateways gateways,
      Settling settling,
      Refunding refunding,
      PaymentLimits limits,
      MeterRegistry meters) {
    return new Reconciler(unsettled, gateways, settling, refunding, limits, meters);
  }

  @Bean
  Comparing comparing(
      Comparisons comparisons,
      Unsettled unsettled,
      Gateways gateways,
      PaymentLimits limits,
      MeterRegistry meters) {
    return new Comparing(comparisons, unsettled, gateways, limits, meters);
  }
}
