package dev.seonchak.events.kafka;

import dev.seonchak.events.Event;
import dev.seonchak.events.EventSettings;
import dev.seonchak.events.Subscriber;
import dev.seonchak.events.postgres.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** The subscribers of this process, each reading on a thread of its own. */
final class Subscriptions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final List<? extends Subscriber<?>> subscribers;
  private final Inbox inbox;
  private final TransactionTemplate transactions;
  private final KafkaClients clients;
  private final Topics topics;
  private final DeadLetters deadLetters;
  private final EventSettings settings;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places;
  private final List<Subscription> running = new ArrayList<>();

  Subscriptions(
      List<? extends Subscriber<?>> subscribers,
      Inbox inbox,
      TransactionTemplate transactions,
      KafkaClients clients,
      Topics topics,
      DeadLetters deadLetters,
      EventSettings settings) {
    this.subscribers = subscribers;
    this.inbox = inbox;
    this.transactions = transactions;
    this.clients = clients;
    this.topics = topics;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.places = new Semaphore(settings.handlersMax());
    var names = new HashSet<String>();
    for (var subscriber : subscribers) {
      if (!names.add(subscriber.name())) {
        throw new IllegalStateException("Two subscribers are named " + subscriber.name());
      }
    }
  }

  synchronized void start() {
    for (var subscriber : subscribers) {
      var subscription = subscription(subscriber);
      running.add(subscription);
      workers.execute(subscription);
    }
  }

  private <E extends Event> Subscription subscription(Subscriber<E> subscriber) {
    return new Subscription(
        subscriber,
        new Delivery<>(subscriber, inbox, transactions, places),
        clients,
        topics,
        deadLetters,
        settings,
        workers);
  }

  /** Waits for the events that are being handled; those not yet begun come again next time. */
  @Override
  public synchronized void close() {
    running.forEach(Subscription::stop);
    workers.shutdown();
    try {
      if (!workers.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Some subscribers have not stopped within {} s", STOP_LIMIT.toSeconds());
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
