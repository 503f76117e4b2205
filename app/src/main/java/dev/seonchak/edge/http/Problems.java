package dev.seonchak.edge.http;

import dev.seonchak.edge.ErrorPage;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Tells every refusal and every failure as RFC 9457 has it, and never more than that. */
@RestControllerAdvice
class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private final ObjectProvider<ErrorPage> page;
  private final Ids ids;
  private final Thinned unanswered = new Thinned(System::nanoTime);

  Problems(ObjectProvider<ErrorPage> page, Ids ids) {
    this.page = page;
    this.ids = ids;
  }

  @ExceptionHandler
  void on(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (failure instanceof AsyncRequestNotUsableException || response.isCommitted()) {
      // Nobody is there any more to be told.
      return;
    }
    if (failure instanceof HttpRequestMethodNotSupportedException method
        && method.getSupportedHttpMethods() != null) {
      response.setHeader(
          "Allow",
          String.join(
              ", ",
              method.getSupportedHttpMethods().stream().map(m -> m.name()).sorted().toList()));
    }
    Problem problem = ProblemOf.exception(failure).orElseGet(() -> unexpected(failure, request));
    if (problem.status() == 503) {
      warn(problem, failure, request);
    }
    tell(problem, request, response);
  }

  private void warn(Problem problem, Exception failure, HttpServletRequest request) {
    long times = unanswered.oneMore(problem.type() + " " + failure.getClass().getName());
    if (times > 0) {
      log.warn(
          "503 {}, {} since the last such line, as now {} {}: {}",
          problem.type(),
          times,
          request.getMethod(),
          request.getRequestURI(),
          failure.toString());
    }
  }

  /** The id in the answer finds the failure in the log. */
  private Problem unexpected(Exception failure, HttpServletRequest request) {
    String id = ids.next().toString();
    log.error("{} {} failed, id {}", request.getMethod(), request.getRequestURI(), id, failure);
    return Problem.of(500, "internal", "Something went wrong here; it is not your fault.")
        .with("id", id);
  }

  void tell(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.status());
    switch (problem.status()) {
      case 401 -> response.setHeader("WWW-Authenticate", "Bearer");
      case 413 -> response.setHeader("Connection", "close");
      case 429, 503 ->
          response.setHeader(
              "Retry-After",
              String.valueOf(problem.members().getOrDefault("retryAfterSeconds", 1)));
      default -> {}
    }
    ErrorPage shown = wantsPage(request) ? page.getIfAvailable() : null;
    if (shown != null) {
      shown.write(request, response, problem);
      return;
    }
    byte[] body = StrictJson.MAPPER.writeValueAsBytes(document(problem));
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null
        && accept.contains("text/html")
        && !request.getRequestURI().startsWith("/api/");
  }

  static Map<String, Object> document(Problem problem) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "/problems/" + problem.type());
    document.put("title", problem.title());
    document.put("status", problem.status());
    new TreeMap<>(problem.members()).forEach(document::putIfAbsent);
    return document;
  }
}
