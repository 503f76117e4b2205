package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The door of the platform, as wide as the limits have it. */
@Configuration(proxyBeanMethods = false)
class Entering {
  @Bean
  static Turnstile turnstile() {
    Limits.Door limits = Limits.STANDARD.door();
    Executor inside = task -> Thread.ofVirtual().name("request").start(task);
    Executor later =
        CompletableFuture.delayedExecutor(
            limits.patience().toNanos(), TimeUnit.NANOSECONDS, inside);
    return new Turnstile(inside, later, limits, System::nanoTime);
  }

  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> door(Turnstile turnstile) {
    Limits.Bodies limits = Limits.STANDARD.bodies();
    var bodies = new WholeBodies(turnstile, limits, System::nanoTime);
    return factory -> Door.build(factory, turnstile, bodies, limits.silenceMax());
  }
}
