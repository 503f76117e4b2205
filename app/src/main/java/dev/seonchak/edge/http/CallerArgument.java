package dev.seonchak.edge.http;

import dev.seonchak.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands a controller who is calling: {@code Caller} when it needs somebody, {@code
 * Optional<Caller>} or one that may be null when it also serves visitors.
 */
final class CallerArgument implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class
        || (parameter.getParameterType() == Optional.class
            && ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve()
                == Caller.class);
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
    Object caller = servlet == null ? null : servlet.getAttribute(Entrance.CALLER);
    if (parameter.getParameterType() == Optional.class) {
      return Optional.ofNullable(caller);
    }
    if (caller == null && !parameter.isOptional()) {
      throw Callers.unauthenticated("Sign in first.").refusal();
    }
    return caller;
  }
}
