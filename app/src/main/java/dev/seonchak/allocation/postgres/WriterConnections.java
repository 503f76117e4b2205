package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.UuidArray;
import dev.seonchak.engine.Journal;
import dev.seonchak.engine.JournalException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The writers' own connections, apart from the pool that everybody shares: a writer never waits for
 * one. There are as many as threads of the engine use at once. Thread-safe.
 *
 * <p>Each has a lock of the database for itself, under a number of its own, as long as its backend
 * lives, and so as long as that may commit anything. Nobody ever waits for one: the locks are there
 * to be seen by the probes.
 */
final class WriterConnections implements AutoCloseable {
  /** The first half of the keys of the writers' advisory locks; the other is the number. */
  static final int WRITERS = 0x5E09C4A;

  private final String url;
  private final LongConsumer opened;
  private final Properties properties;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Map<Connection, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicLong epoch = new AtomicLong();

  /** Sessions that were opened until this epoch may lead to a server that is gone. */
  private final AtomicLong staleThrough = new AtomicLong();

  private volatile boolean closed;

  /**
   * @param number of its lock
   * @param epoch that began with it
   */
  private record Session(long number, long epoch) {}

  /**
   * @param silenceMax how long the server may be silent before the connection counts as broken
   * @param opened told of each new epoch before its connection is used: that may lead to another
   *     server than those before it
   */
  WriterConnections(
      String url,
      @Nullable String user,
      @Nullable String password,
      Duration silenceMax,
      LongConsumer opened) {
    this.url = url;
    this.opened = opened;
    properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    String seconds = Long.toString(Math.max(1, silenceMax.toSeconds()));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("tcpNoDelay", "true");
    properties.setProperty("ApplicationName", "seonchak-writer");
    // The few statements of a writer are prepared when they are run first, and their results come
    // in binary from the second time on.
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("binaryTransferEnable", UuidArray.OID);
  }

  /** A connection that begins a transaction with its next statement; give it back or close it. */
  Connection take() throws JournalException, InterruptedException {
    for (Connection known = idle.pollFirst(); known != null; known = idle.pollFirst()) {
      if (!isStale(known)) {
        return known;
      }
      close(known);
    }
    try {
      return open();
    } catch (SQLException e) {
      throw SqlFailure.unavailable(e);
    }
  }

  /** Under which numbers the connections that are open have their locks. */
  Set<Long> numbers() {
    return sessions.values().stream().map(Session::number).collect(Collectors.toSet());
  }

  /**
   * Becomes another one whenever a connection is opened. While it does not, the server has not gone
   * away in between if a connection works that was opened before.
   */
  long epoch() {
    return epoch.get();
  }

  private boolean isStale(Connection connection) {
    Session session = sessions.get(connection);
    return session == null || session.epoch() <= staleThrough.get();
  }

  void giveBack(Connection connection) {
    if (isStale(connection)) {
      close(connection);
      return;
    }
    idle.addFirst(connection);
    if (closed) {
      closeIdle();
    }
  }

  /** Gives the connection back if it can go on after this failure, else closes it. */
  void afterFailure(Connection connection, Throwable failure) {
    if (SqlFailure.isConnectionGood(failure)) {
      try {
        connection.rollback();
        giveBack(connection);
        return;
      } catch (SQLException e) {
        // It is broken as well, so it is closed like any broken one.
      }
    }
    if (SqlFailure.isServerGone(failure)) {
      // What was opened before leads to the same server.
      staleThrough.accumulateAndGet(epoch.get(), Math::max);
    }
    close(connection);
  }

  /**
   * The settings keep plans from going wrong while a table has no statistics yet (an index probe is
   * right for every statement of a writer), and let the server end the transaction and soon the
   * session of a node that vanished, so that its locks do not stop or slow the others.
   */
  private Connection open() throws SQLException, InterruptedException {
    Connection connection = DriverManager.getConnection(url, properties);
    boolean ready = false;
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          set plan_cache_mode = force_generic_plan;
          set enable_seqscan = off;
          set enable_hashjoin = off;
          set enable_mergejoin = off;
          set jit = off;
          set synchronous_commit = on;
          set lock_timeout = '5s';
          set idle_in_transaction_session_timeout = '10s';
          set tcp_user_timeout = '10s';
          set tcp_keepalives_idle = 5;
          set tcp_keepalives_interval = 2;
          set tcp_keepalives_count = 3
          """);
      var session = new Session(number(statement), epoch.incrementAndGet());
      sessions.put(connection, session);
      opened.accept(session.epoch());
      // Whoever looked before that may count on being alone for so long.
      Thread.sleep(Journal.NEWCOMER_WAIT);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        close(connection);
      }
    }
  }

  /** Takes the lock of a number that nobody has. */
  private static long number(Statement statement) throws SQLException {
    while (true) {
      try (ResultSet drawn =
          statement.executeQuery(
              """
              with drawn as materialized (select floor(random() * 2147483647)::int as number)
              select number from drawn where pg_try_advisory_lock(%d, number)
              """
                  .formatted(WRITERS))) {
        if (drawn.next()) {
          return drawn.getLong(1);
        }
      }
    }
  }

  private void close(Connection connection) {
    sessions.remove(connection);
    try {
      connection.close();
    } catch (SQLException e) {
      // It is not used again, and the server notices by itself.
    }
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (Connection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      close(c);
    }
  }
}
