package dev.seonchak.lab.ways;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A topic with messages as JSON and a producer with Kafka's own defaults (acknowledged by all
 * replicas). What is sent to one partition has one order and one consumer.
 *
 * @param <M> a record
 */
final class Topic<M> implements AutoCloseable {
  /** Kafka's own default. */
  static final Duration LINGER = Duration.ofMillis(5);

  private static final Duration DELIVERY_MAX = Duration.ofMinutes(2);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String servers;
  private final String name;
  private final Class<M> type;
  private final Producer<byte[], byte[]> producer;

  /**
   * A new one of its own, which nobody else reads.
   *
   * @param partitions so many consumers may read side by side
   * @param linger how long a message waits in the producer for company
   */
  Topic(Servers servers, String title, Class<M> type, int partitions, Duration linger) {
    this.servers = servers.kafka();
    this.type = type;
    name = title + "-" + UUID.randomUUID();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", this.servers))) {
      admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the topic cannot be made", e);
    }
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                this.servers,
                "linger.ms",
                Long.toString(linger.toMillis()),
                "delivery.timeout.ms",
                Long.toString(DELIVERY_MAX.toMillis())),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** What comes of it is known once the broker has it; until then it is in the buffer. */
  Future<RecordMetadata> send(int partition, M message) {
    return producer.send(
        new ProducerRecord<>(name, partition, null, JSON.writeValueAsBytes(message)));
  }

  /**
   * The only consumer of a partition, at its beginning. Not thread-safe.
   *
   * @param batchMax so many messages at once
   */
  Consumer<byte[], byte[]> consumer(int partition, int batchMax) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                name + "-" + partition,
                "enable.auto.commit",
                "false",
                "max.poll.records",
                Integer.toString(batchMax)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> only = List.of(new TopicPartition(name, partition));
    consumer.assign(only);
    consumer.seekToBeginning(only);
    return consumer;
  }

  M read(byte[] message) {
    return JSON.readValue(message, type);
  }

  /** As when the process ends: what is still in the buffer is gone. */
  void breakOff() {
    producer.close(Duration.ZERO);
  }

  @Override
  public void close() {
    producer.close();
  }
}
