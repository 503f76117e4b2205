package dev.seonchak.events.postgres;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The inserts into the outbox in the order of their commits, as Debezium reads them from the log.
 * Runs once: a stream that has ended is replaced by a new one.
 */
public final class OutboxStream implements AutoCloseable {
  /** Takes rows and returns when they are safe; what it throws ends the stream before them. */
  @FunctionalInterface
  public interface Receiver {
    void receive(List<OutboxRow> rows) throws InterruptedException;
  }

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final Receiver receiver;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean ended;
  private volatile @Nullable Throwable failure;

  public OutboxStream(String slot, DatabaseAddress database, Receiver receiver) {
    this.receiver = receiver;
    Properties settings = DebeziumSettings.of(slot, database);
    this.engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(settings)
            .using(OutboxStream.class.getClassLoader())
            .using((DebeziumEngine.CompletionCallback) (success, message, error) -> failure = error)
            .using(
                new DebeziumEngine.ConnectorCallback() {
                  @Override
                  public void pollingStarted() {
                    started = true;
                  }
                })
            .notifying(this::hand)
            .build();
  }

  /** Reads until closed, or until something fails; returns what did. */
  public @Nullable Throwable run() {
    try {
      engine.run();
    } finally {
      ended = true;
    }
    return failure;
  }

  private void hand(
      List<RecordChangeEvent<SourceRecord>> events,
      RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    receiver.receive(
        events.stream()
            .map(RecordChangeEvent::record)
            .filter(record -> record.headers().lastWithName("id") != null)
            .map(OutboxStream::row)
            .toList());
    for (var event : events) {
      committer.markProcessed(event);
    }
    committer.markBatchFinished();
  }

  private static OutboxRow row(SourceRecord record) {
    return new OutboxRow(
        UUID.fromString(header(record, "id")),
        record.topic(),
        UUID.fromString((String) record.key()),
        header(record, "type"),
        (String) record.value(),
        OffsetDateTime.parse(header(record, "at")).toInstant());
  }

  private static String header(SourceRecord record, String name) {
    return (String) record.headers().lastWithName(name).value();
  }

  /** Ends the stream and waits for its threads; what was not acknowledged comes again next time. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // The engine cannot be closed while it starts.
    while (!ended && !started) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    try {
      if (!ended) {
        engine.close();
      }
    } catch (IllegalStateException e) {
      // It has just ended by itself.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
