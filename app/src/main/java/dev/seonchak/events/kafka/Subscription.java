package dev.seonchak.events.kafka;

import dev.seonchak.events.EventSettings;
import dev.seonchak.events.Subscriber;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's reading of its aggregate's topic, as a consumer group of its own, so that no
 * other subscriber waits for it. The partitions of one poll are handled side by side and each of
 * them in order. A partition whose first event fails is paused until its next attempt while the
 * others go on.
 */
final class Subscription implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Subscriber<?> subscriber;
  private final Delivery<?> delivery;
  private final KafkaClients clients;
  private final Topics topics;
  private final DeadLetters deadLetters;
  private final EventSettings settings;
  private final ExecutorService workers;
  private final Map<TopicPartition, Backlog> backlogs = new HashMap<>();
  private volatile boolean stopped;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  /** How far a partition has come, and whether its next event waits for another attempt. */
  private static final class Backlog {
    private final Pause pause;
    private int attempts;
    private long dueNanos;
    private boolean waiting;

    Backlog(EventSettings settings) {
      this.pause = new Pause(settings);
    }

    void again(boolean counted) {
      attempts += counted ? 1 : 0;
      dueNanos = System.nanoTime() + Duration.ofMillis(pause.take()).toNanos();
      waiting = true;
    }

    void done() {
      attempts = 0;
      pause.reset();
    }
  }

  /** What one turn made of a partition: from which offset to which, the next one to read. */
  private record Turn(TopicPartition partition, long first, long next, Backlog backlog) {}

  Subscription(
      Subscriber<?> subscriber,
      Delivery<?> delivery,
      KafkaClients clients,
      Topics topics,
      DeadLetters deadLetters,
      EventSettings settings,
      ExecutorService workers) {
    this.subscriber = subscriber;
    this.delivery = delivery;
    this.clients = clients;
    this.topics = topics;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.workers = workers;
  }

  /** Reads until stopped; begins again after any failure. */
  @Override
  public void run() {
    var pause = new Pause(settings);
    while (!stopped) {
      try {
        read(pause);
      } catch (WakeupException | InterruptException e) {
        Thread.interrupted();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (stopped) {
          return;
        }
        log.warn("Subscriber {} begins again: {}", subscriber.name(), Reason.of(e));
        try {
          pause.once();
        } catch (InterruptedException interrupted) {
          return;
        }
      }
    }
  }

  private void read(Pause pause) throws InterruptedException {
    var topic = topics.of(subscriber.aggregate());
    topics.ensure(List.of(topic));
    var reading = clients.consumer(settings.prefix() + "." + subscriber.name());
    try {
      consumer = reading;
      backlogs.clear();
      reading.subscribe(List.of(topic), new Forget());
      while (!stopped) {
        turn(reading);
        pause.reset();
      }
    } finally {
      consumer = null;
      reading.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void turn(Consumer<byte[], byte[]> reading) throws InterruptedException {
    var records = reading.poll(resume(reading));
    var turns =
        records.partitions().stream()
            .<Callable<Turn>>map(part -> {
              var backlog = backlogs.computeIfAbsent(part, p -> new Backlog(settings));
              return () -> handle(part, records.records(part), backlog);
            })
            .toList();
    var progress = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var future : workers.invokeAll(turns)) {
      var turn = result(future);
      if (turn.next() > turn.first()) {
        progress.put(turn.partition(), new OffsetAndMetadata(turn.next()));
      }
      if (turn.backlog().waiting) {
        reading.seek(turn.partition(), turn.next());
        reading.pause(List.of(turn.partition()));
      }
    }
    commit(reading, progress);
  }

  private static Turn result(Future<Turn> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("Interrupted while handling events");
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Lets go on what has waited long enough; returns how long to wait for records at most. */
  private Duration resume(Consumer<byte[], byte[]> reading) {
    var longest = POLL;
    long now = System.nanoTime();
    for (var entry : backlogs.entrySet()) {
      var backlog = entry.getValue();
      if (backlog.waiting) {
        var left = Duration.ofNanos(backlog.dueNanos - now);
        if (left.isPositive()) {
          longest = left.compareTo(longest) < 0 ? left : longest;
        } else {
          backlog.waiting = false;
          reading.resume(List.of(entry.getKey()));
        }
      }
    }
    return longest;
  }

  private Turn handle(
      TopicPartition part, List<ConsumerRecord<byte[], byte[]>> messages, Backlog backlog)
      throws InterruptedException {
    long first = messages.getFirst().offset();
    for (var message : messages) {
      if (stopped || !handled(message, backlog)) {
        return new Turn(part, first, message.offset(), backlog);
      }
    }
    return new Turn(part, first, messages.getLast().offset() + 1, backlog);
  }

  /** Whether this event is over: handled, or set aside. */
  private boolean handled(ConsumerRecord<byte[], byte[]> message, Backlog backlog)
      throws InterruptedException {
    switch (delivery.deliver(message)) {
      case Outcome.Done done -> {}
      case Outcome.Hopeless hopeless -> setAside(message, 1, hopeless.failure());
      case Outcome.Again again
          when again.outage() || backlog.attempts + 1 < settings.attemptsMax() -> {
        log.info(
            "Subscriber {} will try event {} again: {}",
            subscriber.name(),
            Headers.text(message, Headers.ID),
            Reason.of(again.failure()));
        backlog.again(!again.outage());
        return false;
      }
      case Outcome.Again again -> setAside(message, backlog.attempts + 1, again.failure());
    }
    backlog.done();
    return true;
  }

  private void setAside(ConsumerRecord<byte[], byte[]> message, int attempts, Throwable failure)
      throws InterruptedException {
    deadLetters.setAside(subscriber.name(), subscriber.aggregate(), message, attempts, failure);
  }

  private void commit(
      Consumer<byte[], byte[]> reading, Map<TopicPartition, OffsetAndMetadata> progress) {
    try {
      if (!progress.isEmpty()) {
        reading.commitSync(progress);
      }
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      // What is read again because of this finds its inbox row.
      log.info("Subscriber {} cannot note its progress: {}", subscriber.name(), Reason.of(e));
    }
  }

  void stop() {
    stopped = true;
    var reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
  }

  /** Forgets the attempts at what another member of the group reads from now on. */
  private final class Forget implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      backlogs.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      // A partition that comes starts without a history.
      backlogs.keySet().removeAll(partitions);
    }
  }
}
