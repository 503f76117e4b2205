package dev.seonchak.edge.http;

import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;

/**
 * Puts the turnstile between connections and threads, in place of the framework's own executor, and
 * keeps small what Tomcat allocates for each connection, in use or not.
 */
final class Door {
  /** Head and body of a usual request fit in. */
  private static final int READ_BYTES = 4 * 1024;

  private static final int WRITE_BYTES = 4 * 1024;
  private static final int TRAILER_BYTES = 512;

  private Door() {}

  /**
   * @param silenceMax how long a client may be silent in the middle of a body
   */
  static void build(
      ConfigurableTomcatWebServerFactory factory,
      Turnstile turnstile,
      WholeBodies bodies,
      Duration silenceMax) {
    factory.addEngineValves(bodies, new PingBodies());
    factory.addProtocolHandlerCustomizers(
        (TomcatProtocolHandlerCustomizer<Http11NioProtocol>)
            handler -> {
              handler.setExecutor(turnstile::enter);
              handler.setDisableUploadTimeout(false);
              handler.setConnectionUploadTimeout(Math.toIntExact(silenceMax.toMillis()));
              handler.setMaxTrailerSize(TRAILER_BYTES);
              // Who asks whether to send the body is told once somebody wants it.
              handler.setContinueResponseTiming("onRead");
              require(handler.setProperty("socket.appReadBufSize", String.valueOf(READ_BYTES)));
              require(handler.setProperty("socket.appWriteBufSize", String.valueOf(WRITE_BYTES)));
            });
  }

  private static void require(boolean known) {
    if (!known) {
      throw new IllegalStateException("Tomcat does not know this setting any more");
    }
  }
}
