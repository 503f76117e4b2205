package dev.seonchak.edge.http;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Puts the conventions of this package in force for every controller, and leaves out what costs.
 */
@Configuration(proxyBeanMethods = false)
class HttpConventions implements WebMvcConfigurer {
  private final JsonConverter json = new JsonConverter();

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CallerArgument());
  }

  @Bean
  ServerHttpMessageConvertersCustomizer strictJson() {
    return converters -> converters.withJsonConverter(json);
  }

  /** Puts the short ways before the framework's own, which stay behind them. */
  @Bean
  SmartInitializingSingleton shortWays(
      @Qualifier("requestMappingHandlerAdapter") RequestMappingHandlerAdapter adapter,
      Problems problems) {
    return () -> {
      var resolvers = List.copyOf(Objects.requireNonNull(adapter.getArgumentResolvers()));
      var handlers = List.copyOf(Objects.requireNonNull(adapter.getReturnValueHandlers()));
      var arguments = new HandlerMethodArgumentResolverComposite().addResolvers(resolvers);
      var answers = new HandlerMethodReturnValueHandlerComposite().addHandlers(handlers);
      adapter.setArgumentResolvers(
          Stream.concat(
                  Stream.of(new DirectBodies(json, arguments), new DirectValues(arguments)),
                  resolvers.stream())
              .toList());
      adapter.setReturnValueHandlers(
          Stream.concat(Stream.of(new DirectAnswers(json, problems, answers)), handlers.stream())
              .toList());
    };
  }

  /** The dispatcher binds the request to its thread anyway. */
  @Bean
  FilterRegistrationBean<RequestContextFilter> noRequestContext() {
    FilterRegistrationBean<RequestContextFilter> bean =
        new FilterRegistrationBean<>(new RequestContextFilter());
    bean.setEnabled(false);
    return bean;
  }
}
