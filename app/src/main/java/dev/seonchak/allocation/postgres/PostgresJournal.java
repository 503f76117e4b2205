package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.HolderRows;
import dev.seonchak.engine.BatchState;
import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Journal;
import dev.seonchak.engine.JournalException;
import dev.seonchak.engine.JournalException.Kind;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Probe;
import dev.seonchak.engine.Request;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.runtime.LogFlush;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engine's truth in PostgreSQL: one transaction per batch, READ COMMITTED, on a connection of
 * the writer's own. Thread-safe.
 *
 * <p>A batch costs a bounded number of statements, however many requests it has: the pools are
 * locked, then the holders of releases; what claimants got before and lapses are read with one
 * index probe per element; and the decision is written by one statement per table.
 */
public final class PostgresJournal implements Journal, AutoCloseable {
  private static final int KNOWN_POOLS_MAX = 50_000;
  private static final int KNOWN_CLAIMANTS_MAX = 16_000_000;

  private final WriterConnections connections;
  private final HolderKinds kinds;
  private final KnownClaimants known = new KnownClaimants(KNOWN_POOLS_MAX, KNOWN_CLAIMANTS_MAX);
  private final PastReader past;

  /**
   * @param silenceMax how long the server may be silent before the connection counts as broken
   */
  public PostgresJournal(
      String url,
      @Nullable String user,
      @Nullable String password,
      Duration silenceMax,
      List<HolderRows<?>> holders) {
    connections = new WriterConnections(url, user, password, silenceMax, known::forget);
    kinds = new HolderKinds(holders);
    past = new PastReader(connections, known);
  }

  @Override
  public Committed transact(
      List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
      throws JournalException, InterruptedException {
    Connection connection = connections.take();
    long epoch = connections.epoch();
    Decision decision;
    try {
      var reads = new BatchReads(connection, kinds, known, epoch);
      BatchState state = reads.read(batch);
      past.wake();
      decision = decide.apply(state);
      if (decision.isEmpty() && !reads.tallies().isOverdue()) {
        if (commit == Commit.AHEAD || decision.isRefusal()) {
          connection.rollback();
        } else {
          // What was found may not be on the disk yet.
          flush(connection);
        }
        connections.giveBack(connection);
        return new Committed(decision, epoch);
      }
      new BatchWrites(connection, kinds).write(decision, reads.tallies(), reads.owners(), commit);
    } catch (SQLException | RuntimeException e) {
      afterFailure(connection, e, batch);
      throw SqlFailure.beforeCommit(e);
    } catch (Error e) {
      afterFailure(connection, e, batch);
      throw e;
    }
    try {
      connection.commit();
    } catch (SQLException e) {
      afterFailure(connection, e, batch);
      throw SqlFailure.afterCommit(e);
    } catch (RuntimeException | Error e) {
      afterFailure(connection, e, batch);
      throw e;
    }
    connections.giveBack(connection);
    known.wrote(decision.takes(), epoch);
    return new Committed(decision, epoch);
  }

  private static void flush(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(LogFlush.SQL);
      connection.commit();
    }
  }

  @Override
  public void flush(long epoch) throws JournalException, InterruptedException {
    Connection connection;
    try {
      connection = connections.take();
    } catch (JournalException e) {
      throw new JournalException(Kind.UNKNOWN, e.getMessage(), e);
    }
    try {
      flush(connection);
    } catch (SQLException e) {
      connections.afterFailure(connection, e);
      throw new JournalException(Kind.UNKNOWN, e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      connections.afterFailure(connection, e);
      throw e;
    }
    connections.giveBack(connection);
    if (connections.epoch() != epoch) {
      throw new JournalException(
          Kind.UNKNOWN, "the server may have been started again since the commit", null);
    }
  }

  /** A database that broke the connection may be another one afterwards, with other claims. */
  private void afterFailure(Connection connection, Throwable failure, List<Request> batch) {
    if (SqlFailure.isConnectionGood(failure)) {
      known.suspect(batch.stream().filter(Take.class::isInstance).map(Take.class::cast).toList());
    } else {
      known.forget(connections.epoch());
    }
    connections.afterFailure(connection, failure);
  }

  @Override
  public Probe probe(Set<PoolId> pools, Map<PoolId, Long> claimantsAfter, int claimantsMax)
      throws JournalException, InterruptedException {
    Connection connection = connections.take();
    try {
      Probe probe =
          new ProbeReads(connection)
              .read(
                  connections.epoch(), pools, claimantsAfter, claimantsMax, connections.numbers());
      connection.rollback();
      connections.giveBack(connection);
      return probe;
    } catch (SQLException e) {
      connections.afterFailure(connection, e);
      throw SqlFailure.beforeCommit(e);
    } catch (RuntimeException | Error e) {
      connections.afterFailure(connection, e);
      throw e;
    }
  }

  /** Closes idle connections; to be called once the engine is closed. */
  @Override
  public void close() {
    past.close();
    connections.close();
  }
}
