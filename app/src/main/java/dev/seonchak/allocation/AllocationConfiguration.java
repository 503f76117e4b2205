package dev.seonchak.allocation;

import dev.seonchak.allocation.postgres.PostgresJournal;
import dev.seonchak.engine.Engine;
import dev.seonchak.engine.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the engine to work on PostgreSQL. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AllocationSettings.class)
class AllocationConfiguration {

  @Bean
  PostgresJournal journal(
      JdbcConnectionDetails database, AllocationSettings settings, List<HolderRows<?>> holders) {
    return new PostgresJournal(
        database.getJdbcUrl(),
        database.getUsername(),
        database.getPassword(),
        settings.silenceMax(),
        holders);
  }

  @Bean
  Engine engine(
      PostgresJournal journal,
      AllocationSettings settings,
      MeterRegistry meters,
      SecureRandom random) {
    return Engine.start(
        new MeteredJournal(journal, meters), settings.engine(), Ticker.SYSTEM, random);
  }

  @Bean
  Allocator allocator(Engine engine, MeterRegistry meters) {
    return new Allocator(engine, meters);
  }
}
