package dev.seonchak.events.kafka;

import dev.seonchak.events.EventSettings;
import dev.seonchak.events.postgres.DatabaseAddress;
import dev.seonchak.events.postgres.OutboxRow;
import dev.seonchak.events.postgres.OutboxStream;
import dev.seonchak.events.postgres.OutboxTable;
import dev.seonchak.events.postgres.RelaySlot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Carries events from the outbox to Kafka, on a thread of its own. Of several relays the one that
 * reads from the slot is active; the others wait until the slot is free. Whatever fails, it begins
 * again with growing pauses and never stops the rest of the process.
 */
final class Relay implements AutoCloseable {
  /** What a relay is doing. */
  enum State {
    STOPPED,
    /** Another relay is active. */
    WAITING,
    ACTIVE,
    /** It is active but something is out of reach; it tries again. */
    TROUBLED
  }

  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final OutboxTable outbox;
  private final RelaySlot slot;
  private final Supplier<DatabaseAddress> database;
  private final Sender sender;
  private final Republisher republisher;
  private final EventSettings settings;
  private final Pause pause;
  private volatile boolean stopped;
  private volatile State state = State.STOPPED;
  private volatile long activeNanos;
  private @Nullable OutboxStream stream;
  private @Nullable Thread thread;

  Relay(
      OutboxTable outbox,
      RelaySlot slot,
      Supplier<DatabaseAddress> database,
      Sender sender,
      EventSettings settings) {
    this.outbox = outbox;
    this.slot = slot;
    this.database = database;
    this.sender = sender;
    this.republisher = new Republisher(outbox, sender);
    this.settings = settings;
    this.pause = new Pause(settings);
  }

  synchronized void start() {
    if (thread == null && !stopped) {
      thread = Thread.ofPlatform().daemon().name("relay").start(this::run);
    }
  }

  State state() {
    return state;
  }

  /** How long it has been active without trouble; zero when it is not. */
  Duration steadyFor() {
    if (state != State.ACTIVE) {
      return Duration.ZERO;
    }
    var active = Duration.ofNanos(System.nanoTime() - activeNanos);
    return active.compareTo(sender.calmFor()) < 0 ? active : sender.calmFor();
  }

  private void run() {
    while (!stopped) {
      try {
        var name = slot.name();
        switch (slot.state(name)) {
          case TAKEN -> {
            state = State.WAITING;
            TimeUnit.MILLISECONDS.sleep(settings.standbyMillis());
          }
          case MISSING, LOST -> begin(name);
          case FREE -> read(name);
        }
      } catch (InterruptedException e) {
        // Only close() interrupts.
        break;
      } catch (RuntimeException e) {
        troubled(e);
      }
    }
    state = State.STOPPED;
  }

  /** Makes the slot, then sends what was committed before: the slot has only what comes later. */
  private void begin(String name) throws InterruptedException {
    log.info("Making replication slot {}", name);
    slot.create(name);
    int sent = republisher.send(Duration.ZERO);
    if (sent > 0) {
      log.info("Sent {} events that are older than the slot", sent);
    }
  }

  private void read(String name) {
    var reading = new OutboxStream(name, database.get(), this::receive);
    synchronized (this) {
      if (stopped) {
        return;
      }
      stream = reading;
    }
    activeNanos = System.nanoTime();
    state = State.ACTIVE;
    var failure = reading.run();
    synchronized (this) {
      stream = null;
    }
    if (!stopped && slot.state(name) != RelaySlot.State.TAKEN) {
      troubled(failure);
    }
  }

  private void receive(List<OutboxRow> rows) throws InterruptedException {
    sender.send(rows.stream().map(sender::message).toList());
    state = State.ACTIVE;
    pause.reset();
    try {
      outbox.markSent(rows);
    } catch (DataAccessException | TransactionException e) {
      // They are on Kafka; unmarked they are sent once more later, and nobody handles them twice.
      log.warn("Cannot mark {} events as sent: {}", rows.size(), Reason.of(e));
    }
  }

  private void troubled(@Nullable Throwable failure) {
    if (stopped) {
      return;
    }
    state = State.TROUBLED;
    log.warn("The relay begins again: {}", Reason.of(failure));
    try {
      pause.once();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops sending and frees the slot for another relay. */
  @Override
  public void close() {
    Thread running;
    OutboxStream reading;
    synchronized (this) {
      stopped = true;
      running = thread;
      reading = stream;
    }
    if (reading != null) {
      reading.close();
    }
    if (running != null) {
      try {
        if (reading == null) {
          running.interrupt();
        }
        if (!running.join(STOP_LIMIT)) {
          log.warn("The relay has not stopped within {} s", STOP_LIMIT.toSeconds());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
