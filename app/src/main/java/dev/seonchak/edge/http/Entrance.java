package dev.seonchak.edge.http;

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
 * The one filter on the way of every request: refuses what cannot be served, finds out who is
 * calling and turns whatever goes wrong into a problem.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Entrance implements Filter {
  /** The request attribute with the verified {@link Caller}; absent when nobody is signed in. */
  static final String CALLER = "dev.seonchak.caller";

  private final Turnstile turnstile;
  private final Callers callers;
  private final Problems problems;
  private final RequestFigures figures;

  Entrance(Turnstile turnstile, Callers callers, Problems problems, RequestFigures figures) {
    this.turnstile = turnstile;
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
      refuse(request);
      Optional<Caller> caller = callers.identify(request);
      if (caller.isPresent()) {
        request.setAttribute(CALLER, caller.get());
      }
      chain.doFilter(ArrivedBody.of(request), response);
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

  private void refuse(HttpServletRequest request) {
    if (turnstile.isClosing()) {
      throw Problem.of(503, "unavailable", "This process is being stopped; ask again.").refusal();
    }
    if (request.getAttribute(WholeBodies.PROBLEM) instanceof Problem body) {
      throw body.refusal();
    }
    String query = request.getQueryString();
    if (query != null && query.contains("%00")) {
      throw Problem.invalid("query", "NUL cannot be part of a text.").refusal();
    }
  }
}
