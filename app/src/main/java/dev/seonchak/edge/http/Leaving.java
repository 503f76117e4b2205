package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Before the server stops: nobody new comes, those inside are answered, and those outside are told
 * to ask again. Who is still sending a body is told with its next bytes, or cut off.
 *
 * <p>Tomcat's own way, which is to pause, closes the connections of all who stand outside without a
 * word.
 */
@Component
class Leaving implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Leaving.class);

  private final Turnstile turnstile;
  private final WebServerApplicationContext context;
  private volatile boolean running;

  Leaving(Turnstile turnstile, WebServerApplicationContext context) {
    this.turnstile = turnstile;
    this.context = context;
  }

  @Override
  public void start() {
    turnstile.open();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    if (context.getWebServer() instanceof TomcatWebServer server) {
      server.getTomcat().getConnector().getProtocolHandler().closeServerSocketGraceful();
    }
    turnstile.close();
    try {
      int cut = turnstile.awaitNobody(Limits.STANDARD.door().closingMax());
      if (cut > 0) {
        log.warn("{} requests were not answered before the stop", cut);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public boolean isPauseable() {
    return false;
  }

  /** Ends before the server does, and before what answers need. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
  }
}
