package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Before the server stops: whoever stands outside is told to ask again. The server itself answers
 * those inside and closes, without a word, the connections of requests that have not begun; so it
 * does with what comes in the instant between.
 */
@Component
class Leaving implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Leaving.class);

  private final Turnstile turnstile;
  private volatile boolean running;

  Leaving(Turnstile turnstile) {
    this.turnstile = turnstile;
  }

  @Override
  public void start() {
    turnstile.open();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    turnstile.close();
    try {
      if (!turnstile.awaitEverybodyTold(Limits.STANDARD.door().closingMax())) {
        log.warn("some requests were cut off that stood outside");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops before the server begins to. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
  }
}
