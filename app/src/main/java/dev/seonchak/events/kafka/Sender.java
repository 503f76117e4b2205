package dev.seonchak.events.kafka;

import dev.seonchak.events.EventSettings;
import dev.seonchak.events.postgres.OutboxRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends to Kafka in order and comes back when Kafka has it. Safe for any thread. */
final class Sender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sender.class);
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final KafkaClients clients;
  private final Topics topics;
  private final EventSettings settings;
  private @Nullable Producer<byte[], byte[]> producer;
  private volatile long troubleNanos;

  Sender(KafkaClients clients, Topics topics, EventSettings settings) {
    this.clients = clients;
    this.topics = topics;
    this.settings = settings;
    this.troubleNanos = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
  }

  /** The record of an event: its aggregate's topic and key, its id and type as headers. */
  ProducerRecord<byte[], byte[]> message(OutboxRow row) {
    var message =
        new ProducerRecord<>(
            topics.of(row.aggregate()), bytes(row.aggregateId().toString()), bytes(row.payload()));
    message.headers().add(Headers.ID, bytes(row.id().toString()));
    message.headers().add(Headers.TYPE, bytes(row.type()));
    message.headers().add(Headers.AT, bytes(row.createdAt().toString()));
    return message;
  }

  /**
   * Sends these in their order and returns when all are acknowledged, however long that takes.
   * After a failure it goes on with the first one that is not acknowledged, so some may be sent
   * twice.
   */
  void send(List<ProducerRecord<byte[], byte[]>> messages) throws InterruptedException {
    long begin = System.nanoTime();
    var remaining = messages;
    var pause = new Pause(settings);
    while (!remaining.isEmpty()) {
      int done = 0;
      try {
        topics.ensure(remaining.stream().map(ProducerRecord::topic).distinct().toList());
        done = sendOnce(remaining);
      } catch (InterruptException e) {
        // Kafka has set the flag again; the exception carries it further.
        Thread.interrupted();
        throw new InterruptedException("Interrupted while sending");
      } catch (KafkaException e) {
        log.warn("Kafka does not take events, trying again: {}", Reason.of(e));
      }
      remaining = remaining.subList(done, remaining.size());
      if (!remaining.isEmpty()) {
        troubleNanos = System.nanoTime();
        pause.once();
      }
    }
    if (System.nanoTime() - begin > SLOW_NANOS) {
      troubleNanos = System.nanoTime();
    }
  }

  /** How many of the first ones are acknowledged; all, unless something failed. */
  private int sendOnce(List<ProducerRecord<byte[], byte[]>> messages) throws InterruptedException {
    var sending = new ArrayList<Future<RecordMetadata>>(messages.size());
    for (var message : messages) {
      var future = producer().send(message);
      sending.add(future);
      if (future.state() == Future.State.FAILED) {
        break;
      }
    }
    int acknowledged = 0;
    for (var future : sending) {
      try {
        future.get();
        acknowledged++;
      } catch (ExecutionException e) {
        log.warn("Kafka does not take an event, trying again: {}", Reason.of(e.getCause()));
        topics.forget(messages.stream().map(ProducerRecord::topic).toList());
        if (!(e.getCause() instanceof RetriableException)) {
          renew();
        }
        return acknowledged;
      }
    }
    return acknowledged;
  }

  /** How long everything has been sent without delay. */
  Duration calmFor() {
    return Duration.ofNanos(System.nanoTime() - troubleNanos);
  }

  private synchronized Producer<byte[], byte[]> producer() {
    var open = producer;
    if (open == null) {
      open = clients.producer();
      producer = open;
    }
    return open;
  }

  private synchronized void renew() {
    var old = producer;
    producer = null;
    if (old != null) {
      old.close(Duration.ZERO);
    }
  }

  @Override
  public void close() {
    renew();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
