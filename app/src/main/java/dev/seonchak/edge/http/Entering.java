package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.ProtocolHandler;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Puts the turnstile between connections and threads, in place of the framework's own executor. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Entering implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    factory.addProtocolHandlerCustomizers(
        (TomcatProtocolHandlerCustomizer<ProtocolHandler>)
            handler -> handler.setExecutor(turnstile(Limits.STANDARD)));
  }

  private static Turnstile turnstile(Limits limits) {
    Executor inside = task -> Thread.ofVirtual().name("request").start(task);
    Executor later =
        CompletableFuture.delayedExecutor(
            limits.patience().toNanos(), TimeUnit.NANOSECONDS, inside);
    return new Turnstile(inside, later, limits, System::nanoTime);
  }
}
