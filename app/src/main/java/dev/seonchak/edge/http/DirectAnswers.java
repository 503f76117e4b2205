package dev.seonchak.edge.http;

import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The short way out for a record as JSON, without negotiating about media types, and for a problem
 * that is an answer among others: thrown, it would be wrapped with a stack trace and shown to every
 * resolver of the framework, which counts where most are refused.
 *
 * @param others answers those who want something else
 */
record DirectAnswers(JsonConverter json, Problems problems, HandlerMethodReturnValueHandler others)
    implements HandlerMethodReturnValueHandler {

  /** Asked for every answer, so it looks no further than at the class. */
  @Override
  public boolean supportsReturnType(MethodParameter type) {
    return type.getParameterType() == ResponseEntity.class;
  }

  @Override
  public void handleReturnValue(
      @Nullable Object value,
      MethodParameter type,
      ModelAndViewContainer container,
      NativeWebRequest request)
      throws Exception {
    var asked = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    var response = Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class));
    if (value instanceof ResponseEntity<?> entity && entity.getBody() instanceof Record body) {
      if (body instanceof Problem problem) {
        container.setRequestHandled(true);
        problems.tell(problem, asked, response);
        return;
      }
      if (wantsJson(asked)) {
        container.setRequestHandled(true);
        write(entity, body, response);
        return;
      }
    }
    others.handleReturnValue(value, type, container, request);
  }

  private static boolean wantsJson(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept == null || accept.equals("*/*") || accept.equals(JsonConverter.TYPE);
  }

  private void write(ResponseEntity<?> entity, Object body, HttpServletResponse response)
      throws IOException {
    byte[] bytes = json.bytes(body);
    response.setStatus(entity.getStatusCode().value());
    entity
        .getHeaders()
        .forEach((name, values) -> values.forEach(one -> response.addHeader(name, one)));
    response.setContentType(JsonConverter.TYPE);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
