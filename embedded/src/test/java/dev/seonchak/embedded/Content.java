package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Something to find again, written to each server through its own client. */
final class Content {
  private static final String TOPIC = "greetings";

  private Content() {}

  static void write(EmbeddedServers servers) throws Exception {
    writePostgres(servers.postgres());
    writeRedis(servers.redis());
    writeKafka(servers.kafka());
  }

  static void assertKept(EmbeddedServers servers) throws Exception {
    assertPostgresKept(servers.postgres());
    assertThat(readRedis(servers.redis())).isEqualTo("hello");
    assertThat(readKafka(servers.kafka())).isEqualTo("hello");
  }

  static void writePostgres(EmbeddedPostgres server) throws SQLException {
    server.createDatabase("shop");
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("create table greeting (text text)");
      statement.execute("insert into greeting values ('hello')");
    }
  }

  static void assertPostgresKept(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select text from greeting")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("hello");
    }
  }

  private static Connection connect(EmbeddedPostgres server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl("shop"), server.user(), server.password());
  }

  static void writeRedis(EmbeddedRedis server) {
    try (RedisClient client = RedisClient.create(server.uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().set("greeting", "hello");
    }
  }

  /** Returns when what was written is on disk. */
  static void flushRedis(EmbeddedRedis server) {
    try (RedisClient client = RedisClient.create(server.uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().configSet("appendfsync", "always");
      connection.sync().set("flushed", "yes");
    }
  }

  static String readRedis(EmbeddedRedis server) {
    try (RedisClient client = RedisClient.create(server.uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return connection.sync().get("greeting");
    }
  }

  static void writeKafka(EmbeddedKafka server) throws ExecutionException, InterruptedException {
    Map<String, Object> to = Map.of("bootstrap.servers", server.bootstrapServers());
    try (Admin admin = Admin.create(to)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(to, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, "hello")).get();
    }
  }

  static String readKafka(EmbeddedKafka server) {
    Map<String, Object> from =
        Map.of("bootstrap.servers", server.bootstrapServers(), "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(from, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
      return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
    }
  }
}
