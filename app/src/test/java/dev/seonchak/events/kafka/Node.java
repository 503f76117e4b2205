package dev.seonchak.events.kafka;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.seonchak.embedded.TestServers;
import dev.seonchak.events.Event;
import dev.seonchak.events.Outbox;
import dev.seonchak.events.Subscriber;
import dev.seonchak.runtime.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One node of the platform reduced to its events, on a database that nodes may share. */
final class Node implements AutoCloseable {
  final TestServers.Database database;
  final JdbcClient jdbc;
  final TransactionTemplate transactions;
  private final HikariDataSource pool;
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  /** A fresh database with all migrations, and a table for effects. */
  static TestServers.Database freshDatabase() {
    var database = TestServers.freshDatabase();
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .load()
        .migrate();
    try (var node = new Node(database, Map.of())) {
      node.jdbc
          .sql(
              """
              create table effects (
                subscriber text not null, thing uuid not null, number int not null,
                position bigint generated always as identity)
              """)
          .update();
    }
    return database;
  }

  Node(TestServers.Database database, Map<String, Object> settings) {
    this.database = database;
    this.pool = new HikariDataSource();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(10);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(1_000);
    this.jdbc = JdbcClient.create(pool);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
    var properties = new HashMap<String, Object>();
    properties.put("spring.kafka.bootstrap-servers", TestServers.kafka().bootstrapServers());
    properties.put("seonchak.events.prefix", database.name());
    properties.put("seonchak.events.retry-millis-min", 50);
    properties.put("seonchak.events.retry-millis-max", 400);
    properties.put("seonchak.events.attempts-max", 4);
    properties.put("seonchak.events.standby-millis", 100);
    properties.putAll(settings);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.registerBean(DataSource.class, () -> pool);
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.registerBean(TransactionTemplate.class, () -> transactions);
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(Ids.class, Node::ids);
    context.registerBean(JdbcConnectionDetails.class, () -> details(database));
    context.scan("dev.seonchak.events.postgres", "dev.seonchak.events.kafka");
  }

  private static Ids ids() {
    var last = new AtomicLong();
    return () -> {
      long count = last.incrementAndGet();
      return new UUID((System.currentTimeMillis() << 16) | 0x7000L, Long.MIN_VALUE | count);
    };
  }

  private static JdbcConnectionDetails details(TestServers.Database database) {
    return new JdbcConnectionDetails() {
      @Override
      public String getJdbcUrl() {
        return database.jdbcUrl();
      }

      @Override
      public String getUsername() {
        return database.user();
      }

      @Override
      public String getPassword() {
        return database.password();
      }
    };
  }

  Recorder subscribe(String name) {
    var recorder = new Recorder(name, jdbc);
    ((GenericApplicationContext) context).registerBean(name, Subscriber.class, () -> recorder);
    return recorder;
  }

  Node start() {
    context.refresh();
    return this;
  }

  Node withSubscribers() {
    context.getBean(Subscriptions.class).start();
    return this;
  }

  Node withRelay() {
    relay().start();
    return this;
  }

  Relay relay() {
    return context.getBean(Relay.class);
  }

  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /** Writes events in one committed transaction. */
  void write(Event... events) {
    transactions.executeWithoutResult(
        status -> context.getBean(Outbox.class).append(List.of(events)));
  }

  /** The numbers that a subscriber has seen of a thing, in the order in which it saw them. */
  List<Integer> effects(String subscriber, UUID thing) {
    return jdbc.sql(
            "select number from effects where subscriber = ? and thing = ? order by position")
        .params(subscriber, thing)
        .query(Integer.class)
        .list();
  }

  void insert(UUID thing, String type, String payload) {
    jdbc.sql(
            """
            insert into outbox (id, aggregate, aggregate_id, type, payload)
            values (gen_random_uuid(), 'things', ?, ?, ?)
            """)
        .params(thing, type, payload)
        .update();
  }

  /** All that is on a topic now. */
  List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    try (var consumer = part(KafkaClients.class).consumer(database.name() + ".test")) {
      var partitions =
          consumer.partitionsFor(database.name() + "." + topic).stream()
              .map(part -> new TopicPartition(part.topic(), part.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var messages = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
      }
      return messages;
    }
  }

  int unsent() {
    return jdbc.sql("select count(*) from outbox where sent_at is null")
        .query(Integer.class)
        .single();
  }

  /** A server has few slots, so a test gives back that of its database. */
  static void freeSlot(TestServers.Database database) {
    try (var node = new Node(database, Map.of())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() ->
              node.jdbc
                  .sql(
                      """
                      select pg_drop_replication_slot(slot_name) from pg_replication_slots
                      where database = current_database()
                      """)
                  .query()
                  .listOfRows()
                  .isEmpty());
    }
  }

  @Override
  public void close() {
    context.close();
    pool.close();
  }
}
