package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.engine.JournalException;
import dev.seonchak.engine.PoolId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads beside the batches who has claims in pools of which too many are not known for a batch to
 * read them on. One page after another on a connection of its own, it rests as long as each took,
 * so that a rush on the pool keeps most of the database; its thread ends once nothing is left to
 * read. What it read before a newcomer's connection was opened is forgotten like all that is known.
 */
final class PastReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PastReader.class);
  private static final int PAGE = 10_000;
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final WriterConnections connections;
  private final KnownClaimants known;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile boolean closed;

  PastReader(WriterConnections connections, KnownClaimants known) {
    this.connections = connections;
    this.known = known;
  }

  /** Reads on if there is anything to read; comes back at once. */
  void wake() {
    if (!closed && known.isFarBehind() && reading.compareAndSet(false, true)) {
      Thread.ofVirtual().name("past-reader").start(this::read);
    }
  }

  private void read() {
    try {
      for (var next = known.farBehind(); !closed && next != null; next = known.farBehind()) {
        long begin = System.nanoTime();
        page(next);
        Thread.sleep(Duration.ofNanos(System.nanoTime() - begin));
      }
    } catch (JournalException | SQLException e) {
      LOG.warn("who has claims in a large pool was not read: {}", e.getMessage());
      rest();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reading.set(false);
    }
  }

  private void page(Map.Entry<PoolId, Long> next)
      throws SQLException, JournalException, InterruptedException {
    Connection connection = connections.take();
    long epoch = connections.epoch();
    try {
      RoundTrip.send(
          connection,
          List.of(
              ClaimsRead.step(
                  connection, Map.of(next.getKey(), next.getValue()), PAGE, known, epoch)));
      connection.rollback();
    } catch (SQLException | RuntimeException | Error e) {
      if (!SqlFailure.isConnectionGood(e)) {
        known.forget(connections.epoch());
      }
      connections.afterFailure(connection, e);
      throw e;
    }
    connections.giveBack(connection);
    known.tried(next.getKey(), next.getValue());
  }

  private static void rest() {
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends with the page that is being read. */
  @Override
  public void close() {
    closed = true;
  }
}
