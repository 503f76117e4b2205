package dev.seonchak.edge.http;

import java.util.List;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts the conventions of this package in force for every controller, and leaves out what costs.
 */
@Configuration(proxyBeanMethods = false)
class HttpConventions implements WebMvcConfigurer {
  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CallerArgument());
  }

  @Bean
  ServerHttpMessageConvertersCustomizer strictJson() {
    return converters -> converters.withJsonConverter(new JsonConverter());
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
