package dev.seonchak.edge.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The short way in for a record as plain JSON, without the binders and the advice that this
 * platform does not have.
 *
 * @param others reads whatever is not plain JSON, or refuses it
 */
record DirectBodies(JsonConverter json, HandlerMethodArgumentResolver others)
    implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    RequestBody body = parameter.getParameterAnnotation(RequestBody.class);
    return body != null && body.required() && parameter.getParameterType().isRecord();
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws Exception {
    HttpServletRequest servlet =
        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    if (!JsonConverter.TYPE.equals(servlet.getContentType())) {
      return others.resolveArgument(parameter, container, request, binders);
    }
    return json.read(parameter.getParameterType(), new ServletServerHttpRequest(servlet));
  }
}
