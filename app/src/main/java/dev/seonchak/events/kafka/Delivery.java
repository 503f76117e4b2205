package dev.seonchak.events.kafka;

import dev.seonchak.events.Event;
import dev.seonchak.events.EventJson;
import dev.seonchak.events.Subscriber;
import dev.seonchak.events.postgres.Inbox;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;

/** Hands an event to a subscriber in one transaction with its inbox row. Safe for any thread. */
final class Delivery<E extends Event> {
  private final Subscriber<E> subscriber;
  private final Inbox inbox;
  private final TransactionTemplate transactions;
  private final Semaphore places;
  private final String type;

  /**
   * @param places shared by all subscribers, so that they leave connections to the requests
   */
  Delivery(
      Subscriber<E> subscriber, Inbox inbox, TransactionTemplate transactions, Semaphore places) {
    this.subscriber = subscriber;
    this.inbox = inbox;
    this.transactions = transactions;
    this.places = places;
    this.type = EventJson.type(subscriber.event());
  }

  Outcome deliver(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
    var only = Headers.text(message, Headers.ONLY);
    if (only != null && !only.equals(subscriber.name())) {
      return new Outcome.Done();
    }
    if (!type.equals(Headers.text(message, Headers.TYPE))) {
      return new Outcome.Done();
    }
    UUID id;
    E event;
    try {
      id = UUID.fromString(String.valueOf(Headers.text(message, Headers.ID)));
      event = EventJson.read(message.value(), subscriber.event());
    } catch (JacksonException | IllegalArgumentException e) {
      return new Outcome.Hopeless(e);
    }
    places.acquire();
    try {
      return deliver(id, event);
    } finally {
      places.release();
    }
  }

  // Whatever a subscriber throws must end here, or one bad event stops all behind it.
  private Outcome deliver(UUID id, E event) {
    try {
      transactions.executeWithoutResult(status -> {
        if (inbox.take(subscriber.name(), id)) {
          subscriber.on(event);
        }
      });
      return new Outcome.Done();
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return new Outcome.Again(e, isOutage(e));
    }
  }

  private static boolean isOutage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var outage =
          switch (cause) {
            case DataAccessResourceFailureException e -> true;
            case CannotCreateTransactionException e -> true;
            case TransactionSystemException e -> true;
            case SQLException e -> isOutage(e.getSQLState());
            default -> false;
          };
      if (outage) {
        return true;
      }
    }
    return false;
  }

  /**
   * Connection lost, too many of them, a server that shuts down or starts up, or a lock that others
   * hold for too long.
   */
  private static boolean isOutage(@Nullable String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P")
            || state.equals("55P03")
            || state.equals("25P03"));
  }
}
