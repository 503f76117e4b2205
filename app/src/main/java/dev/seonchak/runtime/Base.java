package dev.seonchak.runtime;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What every process has: its roles, the time, randomness and ids. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Base {
  @Bean
  Roles roles(Environment environment) {
    return Roles.parse(environment.getProperty(Roles.SETTING, "all"));
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  SecureRandom random() {
    return new SecureRandom();
  }

  @Bean
  Ids ids(Clock clock, SecureRandom random) {
    return new TimeOrderedIds(clock, random);
  }
}
