package dev.seonchak.lab.ways;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A thread that hands over what a partition of a topic brings, batch by batch, and commits the
 * offset after each.
 */
final class Batches<M> implements AutoCloseable {
  private final Topic<M> topic;
  private final Consumer<byte[], byte[]> consumer;
  private final BatchWork<M> work;
  private final Thread thread;

  Batches(Topic<M> topic, int partition, int batchMax, BatchWork<M> work) {
    this.topic = topic;
    this.work = work;
    consumer = topic.consumer(partition, batchMax);
    thread = Thread.ofPlatform().name("lab-consumer").daemon().start(this::run);
  }

  private void run() {
    try (consumer) {
      while (true) {
        List<M> batch = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofSeconds(1))) {
          batch.add(topic.read(one.value()));
        }
        if (!batch.isEmpty()) {
          work.on(batch);
          consumer.commitAsync();
        }
      }
    } catch (WakeupException e) {
      // It is closing.
    } catch (Exception e) {
      // Callers that wait find out; here nobody does.
      throw new IllegalStateException("the consumer cannot go on", e);
    }
  }

  /** Whether it still takes what comes. */
  boolean isRunning() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
