package dev.seonchak.edge.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The short way out for a record as JSON, without negotiating about media types.
 *
 * @param others answers those who want something else
 */
record DirectAnswers(JsonConverter json, HandlerMethodReturnValueHandler others)
    implements HandlerMethodReturnValueHandler {

  @Override
  public boolean supportsReturnType(MethodParameter type) {
    Class<?> body = ResolvableType.forMethodParameter(type).getGeneric(0).resolve();
    return type.getParameterType() == ResponseEntity.class && body != null && body.isRecord();
  }

  @Override
  public void handleReturnValue(
      @Nullable Object value,
      MethodParameter type,
      ModelAndViewContainer container,
      NativeWebRequest request)
      throws Exception {
    if (!(value instanceof ResponseEntity<?> entity)
        || entity.getBody() == null
        || !wantsJson(request)) {
      others.handleReturnValue(value, type, container, request);
      return;
    }
    container.setRequestHandled(true);
    write(
        entity,
        entity.getBody(),
        Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
  }

  private static boolean wantsJson(NativeWebRequest request) {
    String accept =
        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class))
            .getHeader("Accept");
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
