package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Puts the turnstile between connections and threads, in place of the framework's own executor, and
 * keeps small what Tomcat allocates for each connection, in use or not.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Entering implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
  private static final int READ_BYTES = 2 * 1024;
  private static final int WRITE_BYTES = 4 * 1024;

  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    factory.addProtocolHandlerCustomizers(
        (TomcatProtocolHandlerCustomizer<Http11NioProtocol>)
            handler -> {
              handler.setExecutor(turnstile(Limits.STANDARD));
              require(handler.setProperty("socket.appReadBufSize", String.valueOf(READ_BYTES)));
              require(handler.setProperty("socket.appWriteBufSize", String.valueOf(WRITE_BYTES)));
            });
  }

  private static void require(boolean known) {
    if (!known) {
      throw new IllegalStateException("Tomcat does not know this setting any more");
    }
  }

  private static Turnstile turnstile(Limits limits) {
    Executor inside = task -> Thread.ofVirtual().name("request").start(task);
    Executor later =
        CompletableFuture.delayedExecutor(
            limits.patience().toNanos(), TimeUnit.NANOSECONDS, inside);
    return new Turnstile(inside, later, limits, System::nanoTime);
  }
}
