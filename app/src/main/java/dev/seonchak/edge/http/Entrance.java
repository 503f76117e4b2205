package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.Problem;
import dev.seonchak.shared.Refusal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The one filter on the way of every request: bounds the body, finds out who is calling and turns
 * whatever goes wrong into a problem.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Entrance implements Filter {
  /** The request attribute with the verified {@link Caller}; absent when nobody is signed in. */
  static final String CALLER = "dev.seonchak.caller";

  private final Callers callers;
  private final Problems problems;
  private final RequestFigures figures;

  Entrance(Callers callers, Problems problems, RequestFigures figures) {
    this.callers = callers;
    this.problems = problems;
    this.figures = figures;
  }

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) any;
    HttpServletResponse response = (HttpServletResponse) answer;
    String path = request.getRequestURI();
    long begin = System.nanoTime();
    PageHeaders.set(path, response);
    try {
      HttpServletRequest bounded = bounded(request);
      Optional<Caller> caller = callers.identify(request);
      if (caller.isPresent()) {
        request.setAttribute(CALLER, caller.get());
      }
      chain.doFilter(bounded, response);
    } catch (Refusal refusal) {
      problems.tell(refusal.problem(), request, response);
    } catch (ServletException e) {
      problems.on(e.getRootCause() instanceof Exception cause ? cause : e, request, response);
    } catch (RuntimeException e) {
      problems.on(e, request, response);
    } finally {
      figures.count(response.getStatus(), System.nanoTime() - begin);
    }
  }

  private static HttpServletRequest bounded(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    if (length > Limits.STANDARD.bodyBytesMax()) {
      throw BoundedBody.tooLarge().refusal();
    }
    String query = request.getQueryString();
    if (query != null && query.contains("%00")) {
      throw Problem.invalid("query", "NUL cannot be part of a text.").refusal();
    }
    // A body of unknown length is counted while it is read.
    return length == -1 && request.getHeader("Transfer-Encoding") != null
        ? new BoundedBody(request)
        : request;
  }
}
