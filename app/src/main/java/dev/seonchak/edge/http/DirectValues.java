package dev.seonchak.edge.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The short way for an id in the path and for a header, without expressions and conversion
 * services. What is missing or malformed goes the framework's own way, which refuses it.
 *
 * @param others all that the framework would have asked
 * @param names of parameters asked for before, since an annotation tells them slowly
 */
record DirectValues(HandlerMethodArgumentResolver others, Map<MethodParameter, String> names)
    implements HandlerMethodArgumentResolver {

  DirectValues(HandlerMethodArgumentResolver others) {
    this(others, new ConcurrentHashMap<>());
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return (type == UUID.class && parameter.hasParameterAnnotation(PathVariable.class))
        || (type == String.class && parameter.hasParameterAnnotation(RequestHeader.class));
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
    Object value =
        parameter.getParameterType() == UUID.class
            ? id(parameter, servlet)
            : header(parameter, servlet);
    return value != null ? value : others.resolveArgument(parameter, container, request, binders);
  }

  private @Nullable UUID id(MethodParameter parameter, HttpServletRequest request) {
    String name = names.computeIfAbsent(parameter, DirectValues::variable);
    Object all = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    if (!(all instanceof Map<?, ?> values) || !(values.get(name) instanceof String text)) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Null also when the header is there twice. */
  private @Nullable String header(MethodParameter parameter, HttpServletRequest request) {
    Enumeration<String> values =
        request.getHeaders(names.computeIfAbsent(parameter, DirectValues::header));
    if (!values.hasMoreElements()) {
      return null;
    }
    String value = values.nextElement();
    return values.hasMoreElements() ? null : value;
  }

  private static String variable(MethodParameter parameter) {
    PathVariable variable =
        Objects.requireNonNull(parameter.getParameterAnnotation(PathVariable.class));
    return variable.name().isEmpty()
        ? Objects.requireNonNull(parameter.getParameterName())
        : variable.name();
  }

  private static String header(MethodParameter parameter) {
    return Objects.requireNonNull(parameter.getParameterAnnotation(RequestHeader.class)).name();
  }
}
