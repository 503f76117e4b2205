package dev.seonchak.lab.ways;

import static dev.seonchak.lab.ways.Trait.CARTS;
import static dev.seonchak.lab.ways.Trait.CHOOSES_CONNECTIONS;
import static dev.seonchak.lab.ways.Trait.COUNTS_ONLY;
import static dev.seonchak.lab.ways.Trait.KAFKA;
import static dev.seonchak.lab.ways.Trait.LINES_ONLY;
import static dev.seonchak.lab.ways.Trait.SEVERAL_PROCESSES;
import static dev.seonchak.lab.ways.Trait.WRONG;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The catalogue: every way that is measured, ours first, each with a sentence that explains it. */
@SuppressWarnings("ImmutableEnumChecker") // Sets and lambdas here are immutable; it cannot tell.
public enum Ways {
  SEONCHAK(
      "Seonchak's engine",
      "Requests gather while the last batch is written, and one writer decides them together:"
          + " one lock, one round of statements and one fsync for hundreds of buyers.",
      (servers, connections) -> new Seonchak(servers),
      SEVERAL_PROCESSES,
      CARTS),
  SYNCHRONIZED(
      "synchronized in a transaction",
      "A synchronized method of a transactional service: the proxy begins and commits "
          + "around it, so the monitor is free before the commit, the next one reads the old row "
          + "and gives the same number and the same unit again.",
      (servers, connections) ->
          Locked.inTransaction(servers, connections, new Monitor(), Seam.NONE),
      WRONG),
  SYNCHRONIZED_TWICE(
      "synchronized, two processes",
      "The monitor stands rightly around the transaction, but the service runs twice behind "
          + "a load balancer, and each process has a monitor of its own: two at a time read the "
          + "same row.",
      (servers, connections) ->
          new TwoProcesses(
              Locked.around(servers, connections, new Monitor(), Seam.NONE),
              Locked.around(servers, connections, new Monitor(), Seam.NONE)),
      WRONG),
  LOCK_IN_TRANSACTION(
      "Redis lock in a transaction",
      "A lock for all processes, but taken and released inside the transactional method: "
          + "the commit comes after the release, and in between the next one reads what was "
          + "before.",
      (servers, connections) ->
          Locked.inTransaction(servers, connections, RedisLock.renewed(servers), Seam.NONE),
      WRONG),
  SHORT_LEASE(
      "Redis lock, lease too short",
      "The lock around the transaction ends by itself after its lease, here 1 ms for work "
          + "of a few, elsewhere 3 s for a call to a payment company: then two are inside, and "
          + "neither knows.",
      (servers, connections) ->
          Locked.around(
              servers, connections, RedisLock.leased(servers, Duration.ofMillis(1)), Seam.NONE),
      WRONG),
  REDIS_LOCK(
      "Redis lock around a transaction",
      "Right while the lock is renewed and Redis lives, and the slowest: buyers stand in "
          + "line for a lock two round trips away, and only one of them at a time may even begin "
          + "its transaction.",
      (servers, connections) ->
          Locked.around(servers, connections, RedisLock.renewed(servers), Seam.NONE),
      SEVERAL_PROCESSES),
  OPTIMISTIC(
      "optimistic version, retried",
      "Nothing is locked while it reads and decides, and the write fails when the version "
          + "has changed; under contention most work is done in vain and begins again.",
      Optimistic::new,
      CHOOSES_CONNECTIONS,
      SEVERAL_PROCESSES,
      CARTS),
  PESSIMISTIC(
      "pessimistic row lock",
      "SELECT … FOR UPDATE, decide in the application, then write: everybody else waits from the"
          + " lock to the end of the commit, through six round trips and one fsync each.",
      Pessimistic::new,
      CHOOSES_CONNECTIONS,
      SEVERAL_PROCESSES,
      CARTS),
  CONDITIONAL(
      "conditional update, then insert",
      "The update says itself what must hold, so nothing is read before; it locks the row all the"
          + " same, and since it gives the number, the others wait for four statements and a commit.",
      Conditional::new,
      CHOOSES_CONNECTIONS,
      SEVERAL_PROCESSES,
      CARTS),
  SINGLE_STATEMENT(
      "single statement",
      "Counter, claim, units and order in one statement: the least that a transaction per buyer can"
          + " do; what is left is the row lock over one round trip and one fsync.",
      SingleStatement::new,
      CHOOSES_CONNECTIONS,
      SEVERAL_PROCESSES),
  UNIT_ROWS(
      "a row per unit, SKIP LOCKED",
      "Each buyer locks the first unit that nobody else has locked, so nobody waits and "
          + "commits share their fsync; paid for with a row per unit and the search past those "
          + "just taken.",
      UnitRows::new,
      CHOOSES_CONNECTIONS,
      SEVERAL_PROCESSES),
  REDIS_INCR_INSERT(
      "Redis INCR, then insert",
      "Redis counts, PostgreSQL only inserts, so no row is fought for; but counter and rows "
          + "are two truths, and a process that ends between them leaves units that nobody has "
          + "and nobody can buy.",
      (servers, connections) ->
          new NumberThenInsert(servers, connections, new RedisNumbers(servers)),
      CHOOSES_CONNECTIONS,
      SEVERAL_PROCESSES),
  HEAP(
      "JVM lock with a heap, then insert",
      "The line is kept in memory, under a lock held for nanoseconds, and rows are inserted "
          + "without contention; right in one process only, and after a restart only once the "
          + "line was read again.",
      (servers, connections) -> new NumberThenInsert(servers, connections, new HeapNumbers()),
      CHOOSES_CONNECTIONS),
  REDIS_SCRIPT_KAFKA(
      "Redis script, Kafka, batch insert",
      "The winner is told as soon as the script in Redis has decided, and a consumer "
          + "inserts batches later; fast because nothing is on disk when the answer is given, so "
          + "a process or a Redis that ends before the insert takes sold units with it.",
      (servers, connections) -> new ScriptThenKafka(servers),
      KAFKA,
      SEVERAL_PROCESSES),
  KAFKA_LINE(
      "Kafka as the queue of a line",
      "Requests stand in a topic, and one consumer decides them in order, a batch in a "
          + "transaction: nobody fights and the fsync is shared, but each request takes six "
          + "statements of its own and the way through the broker.",
      (servers, connections) -> new KafkaLine(servers),
      KAFKA,
      CARTS),
  REDIS_LINE(
      "a line in Redis alone",
      "INCR gives the number, ZADD the place and HSET the entry, three commands awaited one after "
          + "the other; nothing is in PostgreSQL, and a crash of Redis forgets up to a second of "
          + "what was told.",
      (servers, connections) -> new RedisLine(servers),
      COUNTS_ONLY,
      LINES_ONLY,
      SEVERAL_PROCESSES),
  REDIS_INCR(
      "Redis INCR alone, nothing stored",
      "As most people write it, waiting for each number; it sells nothing, since no order, no limit"
          + " and no key is written anywhere.",
      (servers, connections) -> RedisIncr.synchronous(servers),
      COUNTS_ONLY,
      SEVERAL_PROCESSES),
  REDIS_INCR_ASYNC(
      "Redis INCR alone, asynchronous",
      "The ceiling of counting in Redis: commands are pipelined over one connection, and still"
          + " nothing is stored.",
      (servers, connections) -> RedisIncr.asynchronous(servers),
      COUNTS_ONLY,
      SEVERAL_PROCESSES);

  /** What a way leaves behind, and so what can be checked. */
  public enum Kept {
    /** Claims, orders and counters in PostgreSQL. */
    ROWS,
    /** A number in Redis. */
    COUNTER
  }

  /** How a way comes to be. */
  @FunctionalInterface
  private interface Opening {
    Way on(Servers servers, int connections);
  }

  private final String title;
  private final String sentence;
  private final Opening opening;
  private final Set<Trait> traits;

  Ways(String title, String sentence, Opening opening, Trait... traits) {
    this.title = title;
    this.sentence = sentence;
    this.opening = opening;
    this.traits = Set.of(traits);
  }

  /**
   * Opens it on servers that the workload has prepared.
   *
   * @param connections how many it may use at once, one of {@link #connections()}
   */
  public Way open(Servers servers, int connections) {
    return opening.on(servers, connections);
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** What it is, and why it is as fast, as slow or as wrong as it is; for people too. */
  public String sentence() {
    return sentence;
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  public Kept kept() {
    return is(COUNTS_ONLY) ? Kept.COUNTER : Kept.ROWS;
  }

  /** Connection counts among which its best is searched; a single one where it has no choice. */
  public List<Integer> connections() {
    if (is(WRONG)) {
      return List.of(8);
    }
    return is(CHOOSES_CONNECTIONS) ? List.of(2, 4, 8, 16, 32) : List.of(1);
  }

  /** As written on the command line, for example {@code redis-incr}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
