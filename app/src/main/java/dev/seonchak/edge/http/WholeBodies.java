package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import dev.seonchak.shared.Problem;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a request go on only once its body is here as a whole, and bounds it.
 *
 * <p>The body of nearly every request arrives with its head and costs nothing here. One that is
 * still on its way is read outside the turnstile, so that nobody keeps a place by sending slowly,
 * and handed on through {@link ArrivedBody}. Forms are not looked for in it: bodies are JSON here.
 */
final class WholeBodies extends ValveBase {
  /** The request attribute with the {@link Problem} of a body that did not arrive. */
  static final String PROBLEM = "dev.seonchak.body";

  private final Turnstile turnstile;
  private final Limits.Bodies limits;
  private final LongSupplier nanos;
  private final Semaphore arriving;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  WholeBodies(Turnstile turnstile, Limits.Bodies limits, LongSupplier nanos) {
    super(true);
    this.turnstile = turnstile;
    this.limits = limits;
    this.nanos = nanos;
    this.arriving = new Semaphore(limits.arrivingBytesMax());
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (isHere(request.getCoyoteRequest())) {
      getNext().invoke(request, response);
      return;
    }
    try (var body = new ArrivingBody(request.getCoyoteRequest(), arriving, limits, nanos)) {
      Optional<Problem> problem = turnstile.stepOut(body::read);
      if (problem.isPresent()) {
        request.setAttribute(PROBLEM, problem.get());
      } else {
        request.setAttribute(ArrivedBody.BYTES, body.bytes());
      }
      getNext().invoke(request, response);
    }
  }

  private static boolean isHere(org.apache.coyote.Request request) {
    long length = request.getContentLengthLong();
    if (length > 0) {
      request.action(ActionCode.AVAILABLE, true);
      return request.getAvailable() >= length;
    }
    return length == 0 || request.getHeader("Transfer-Encoding") == null;
  }
}
