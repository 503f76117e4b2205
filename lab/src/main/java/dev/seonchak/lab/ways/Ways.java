package dev.seonchak.lab.ways;

import java.util.List;
import java.util.Locale;

/** The catalogue: every way that is measured, ours first. */
public enum Ways {
  /** Requests gather while the last commit is in flight, and one writer decides them together. */
  SEONCHAK("Seonchak's engine", Kept.ROWS, false) {
    @Override
    public Way open(Servers servers, int connections) {
      return new Seonchak(servers);
    }
  },
  /** {@code SELECT … FOR UPDATE}, decide in the application, then write. */
  PESSIMISTIC("pessimistic row lock", Kept.ROWS, true) {
    @Override
    public Way open(Servers servers, int connections) {
      return new Pessimistic(servers, connections);
    }
  },
  /** The condition stands in the update; then the rest is inserted in the same transaction. */
  CONDITIONAL("conditional update, then insert", Kept.ROWS, true) {
    @Override
    public Way open(Servers servers, int connections) {
      return new Conditional(servers, connections);
    }
  },
  /** Everything in one statement, so the lock lasts one round trip and one commit. */
  SINGLE_STATEMENT("single statement", Kept.ROWS, true) {
    @Override
    public Way open(Servers servers, int connections) {
      return new SingleStatement(servers, connections);
    }
  },
  /**
   * Counting in Redis as most people write it: the number is given, and nothing else is written.
   */
  REDIS_INCR("Redis INCR alone, nothing stored", Kept.COUNTER, false) {
    @Override
    public Way open(Servers servers, int connections) {
      return RedisIncr.synchronous(servers);
    }
  },
  /** The ceiling of counting in Redis. */
  REDIS_INCR_ASYNC("Redis INCR alone, asynchronous", Kept.COUNTER, false) {
    @Override
    public Way open(Servers servers, int connections) {
      return RedisIncr.asynchronous(servers);
    }
  };

  /** What a way leaves behind, and so what can be checked. */
  public enum Kept {
    /** Claims, orders, units per person and counters in PostgreSQL. */
    ROWS,
    /** A number in Redis. */
    COUNTER
  }

  private final String title;
  private final Kept kept;
  private final boolean choosesConnections;

  Ways(String title, Kept kept, boolean choosesConnections) {
    this.title = title;
    this.kept = kept;
    this.choosesConnections = choosesConnections;
  }

  /**
   * Opens it on servers that the workload has prepared.
   *
   * @param connections how many it may use at once, one of {@link #connections()}
   */
  public abstract Way open(Servers servers, int connections);

  /** For people. */
  public String title() {
    return title;
  }

  public Kept kept() {
    return kept;
  }

  /** Connection counts among which its best is searched; a single one where it has no choice. */
  public List<Integer> connections() {
    return choosesConnections ? List.of(2, 4, 8, 16, 32) : List.of(1);
  }

  /** As written on the command line, for example {@code redis-incr}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
