package dev.seonchak.events.kafka;

import dev.seonchak.events.EventSettings;
import dev.seonchak.events.Subscriber;
import dev.seonchak.events.postgres.DatabaseAddress;
import dev.seonchak.events.postgres.Inbox;
import dev.seonchak.events.postgres.OutboxTable;
import dev.seonchak.events.postgres.RelaySlot;
import dev.seonchak.runtime.ConditionalOnRole;
import dev.seonchak.runtime.Role;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the parts together. Relay and subscribers start when the platform is ready, each on threads
 * of its own, so that neither Kafka nor the log delays the first request.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventSettings.class)
class EventsOnKafka {
  private static final String SERVERS = "spring.kafka.bootstrap-servers";

  @Bean
  KafkaClients kafkaClients(Environment environment) {
    // Reading the address may wait for a server that is still starting.
    return new KafkaClients(() -> environment.getRequiredProperty(SERVERS));
  }

  @Bean
  Topics topics(KafkaClients clients, EventSettings settings) {
    return new Topics(clients, settings);
  }

  @Bean
  Sender sender(KafkaClients clients, Topics topics, EventSettings settings) {
    return new Sender(clients, topics, settings);
  }

  @Bean
  DeadLetters deadLetters(
      KafkaClients clients, Topics topics, Sender sender, EventSettings settings) {
    return new DeadLetters(clients, topics, sender, settings);
  }

  @Bean
  Subscriptions subscriptions(
      ObjectProvider<Subscriber<?>> subscribers,
      Inbox inbox,
      TransactionTemplate transactions,
      KafkaClients clients,
      Topics topics,
      DeadLetters deadLetters,
      EventSettings settings) {
    return new Subscriptions(
        subscribers.orderedStream().toList(),
        inbox,
        transactions,
        clients,
        topics,
        deadLetters,
        settings);
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> startsSubscriptions(Subscriptions subscriptions) {
    return ready -> subscriptions.start();
  }

  /** The parts of a process that carries events out. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnRole(Role.RELAY)
  static class Outwards {
    @Bean
    Relay relay(
        OutboxTable outbox,
        RelaySlot slot,
        JdbcConnectionDetails database,
        Sender sender,
        EventSettings settings) {
      return new Relay(outbox, slot, () -> address(database), sender, settings);
    }

    private static DatabaseAddress address(JdbcConnectionDetails database) {
      var user = database.getUsername();
      var password = database.getPassword();
      return new DatabaseAddress(
          database.getJdbcUrl(), user == null ? "" : user, password == null ? "" : password);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> startsRelay(Relay relay) {
      return ready -> relay.start();
    }

    @Bean
    Upkeep upkeep(
        Relay relay, OutboxTable outbox, Sender sender, Inbox inbox, EventSettings settings) {
      return new Upkeep(relay, new Republisher(outbox, sender), outbox, inbox, settings);
    }

    @Bean
    RelayWatch relayWatch(Relay relay, OutboxTable outbox, MeterRegistry meters) {
      return new RelayWatch(relay, outbox, meters);
    }
  }
}
