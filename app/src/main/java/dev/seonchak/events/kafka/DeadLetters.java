package dev.seonchak.events.kafka;

import dev.seonchak.events.EventSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that a subscriber could not handle: set aside with the reason, and sent again on demand.
 */
public final class DeadLetters {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final int REPLAYED_AT_ONCE_MAX = 10_000;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** What tells of the failure and is not part of the event. */
  private static final Set<String> OF_FAILURE =
      Set.of(
          Headers.SUBSCRIBER,
          Headers.REASON,
          Headers.ATTEMPTS,
          Headers.PARTITION,
          Headers.OFFSET,
          Headers.ONLY);

  private final KafkaClients clients;
  private final Topics topics;
  private final Sender sender;
  private final EventSettings settings;
  private final ReentrantLock replaying = new ReentrantLock();

  DeadLetters(KafkaClients clients, Topics topics, Sender sender, EventSettings settings) {
    this.clients = clients;
    this.topics = topics;
    this.sender = sender;
    this.settings = settings;
  }

  /** Returns when the event is safe on the dead-letter topic. */
  void setAside(
      String subscriber,
      String aggregate,
      ConsumerRecord<byte[], byte[]> message,
      int attempts,
      Throwable failure)
      throws InterruptedException {
    var reason = Reason.of(failure);
    log.warn(
        "Subscriber {} cannot handle event {} after {} attempts, set aside: {}",
        subscriber,
        Headers.text(message, Headers.ID),
        attempts,
        reason);
    var dead = copy(message, topics.dead(aggregate));
    header(dead, Headers.SUBSCRIBER, subscriber);
    header(dead, Headers.REASON, reason);
    header(dead, Headers.ATTEMPTS, Integer.toString(attempts));
    header(dead, Headers.PARTITION, Integer.toString(message.partition()));
    header(dead, Headers.OFFSET, Long.toString(message.offset()));
    sender.send(List.of(dead));
  }

  /**
   * Sends the events set aside since the last replay to their topic again, each for the subscriber
   * that could not handle it; at most 10,000 at once. Returns how many, or nothing when none was
   * ever set aside. Throws a {@link org.apache.kafka.common.KafkaException} when Kafka does not
   * answer.
   */
  public OptionalInt replay(String aggregate) throws InterruptedException {
    var topic = topics.dead(aggregate);
    replaying.lockInterruptibly();
    try {
      if (!topics.exists(topic)) {
        return OptionalInt.empty();
      }
      try (var consumer = clients.consumer(settings.prefix() + ".replay")) {
        return OptionalInt.of(replay(aggregate, topic, consumer));
      }
    } finally {
      replaying.unlock();
    }
  }

  private int replay(String aggregate, String topic, Consumer<byte[], byte[]> consumer)
      throws InterruptedException {
    var partitions =
        consumer.partitionsFor(topic, ANSWER).stream()
            .map(part -> new TopicPartition(topic, part.partition()))
            .collect(Collectors.toSet());
    consumer.assign(partitions);
    var ends = consumer.endOffsets(partitions, ANSWER);
    int replayed = 0;
    while (replayed < REPLAYED_AT_ONCE_MAX
        && partitions.stream()
            .anyMatch(part -> consumer.position(part, ANSWER) < ends.getOrDefault(part, 0L))) {
      var progress = new HashMap<TopicPartition, OffsetAndMetadata>();
      for (var message : consumer.poll(POLL)) {
        var part = new TopicPartition(topic, message.partition());
        if (message.offset() < ends.getOrDefault(part, 0L)) {
          sender.send(List.of(again(aggregate, message)));
          progress.put(part, new OffsetAndMetadata(message.offset() + 1));
          replayed++;
        }
      }
      consumer.commitSync(progress, ANSWER);
    }
    log.info("Sent {} events again that were set aside from {}", replayed, aggregate);
    return replayed;
  }

  private ProducerRecord<byte[], byte[]> again(
      String aggregate, ConsumerRecord<byte[], byte[]> message) {
    var again = copy(message, topics.of(aggregate));
    var subscriber = Headers.text(message, Headers.SUBSCRIBER);
    if (subscriber != null) {
      header(again, Headers.ONLY, subscriber);
    }
    return again;
  }

  private static ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> message, String topic) {
    var copy = new ProducerRecord<>(topic, message.key(), message.value());
    for (var header : message.headers()) {
      if (!OF_FAILURE.contains(header.key())) {
        copy.headers().add(header);
      }
    }
    return copy;
  }

  private static void header(ProducerRecord<byte[], byte[]> message, String name, String value) {
    message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
