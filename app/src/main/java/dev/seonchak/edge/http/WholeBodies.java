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
import org.apache.tomcat.util.buf.ByteChunk;

/**
 * Lets a request go on only once its body is here as a whole, and bounds it.
 *
 * <p>Bodies mostly arrive with the head of their request and cost nothing here. One that is still
 * on its way is read outside the turnstile, so that nobody keeps a place by sending slowly, and
 * handed on through {@link ArrivedBody}. Forms are not looked for in it: bodies are JSON here.
 */
final class WholeBodies extends ValveBase {
  /** The request attribute with the {@link Problem} of a body that did not arrive. */
  static final String PROBLEM = "dev.seonchak.body";

  private final Turnstile turnstile;
  private final Limits.Bodies limits;
  private final LongSupplier nanos;
  private final Semaphore senders;
  private final Semaphore room;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  WholeBodies(Turnstile turnstile, Limits.Bodies limits, LongSupplier nanos) {
    super(true);
    this.turnstile = turnstile;
    this.limits = limits;
    this.nanos = nanos;
    this.senders = new Semaphore(limits.arrivingMax());
    this.room = new Semaphore(limits.arrivingBytesMax());
  }

  /** How many bodies more may be on their way. */
  int senders() {
    return senders.availablePermits();
  }

  /** How many bytes more may arrive of all bodies together. */
  int room() {
    return room.availablePermits();
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (isHere(request.getCoyoteRequest())) {
      getNext().invoke(request, response);
    } else if (!turnstile.isClosing() && senders.tryAcquire()) {
      try {
        arrive(request, response);
      } finally {
        senders.release();
      }
    } else {
      refuse(request, response, ProblemOf.unavailable());
      getNext().invoke(request, response);
    }
  }

  private void arrive(Request request, Response response) throws IOException, ServletException {
    try (var body = new ArrivingBody(request.getCoyoteRequest(), room, limits, nanos)) {
      Optional<Problem> problem = turnstile.stepOut(() -> body.read(turnstile::isClosing));
      if (problem.isPresent()) {
        refuse(request, response, problem.get());
      } else {
        request.setAttribute(ArrivedBody.BYTES, body.take());
      }
      getNext().invoke(request, response);
    }
  }

  private static void refuse(Request request, Response response, Problem problem) {
    request.setAttribute(PROBLEM, problem);
    forget(request, response);
  }

  /** What has not arrived is not waited for, and nobody else takes it for a request. */
  static void forget(Request request, Response response) {
    response.setHeader("Connection", "close");
    request.getCoyoteRequest().action(ActionCode.REQ_SET_BODY_REPLAY, new ByteChunk());
  }

  static boolean isHere(org.apache.coyote.Request request) {
    long length = request.getContentLengthLong();
    if (length > 0) {
      request.action(ActionCode.AVAILABLE, true);
      return request.getAvailable() >= length;
    }
    return length == 0 || request.getHeader("Transfer-Encoding") == null;
  }
}
