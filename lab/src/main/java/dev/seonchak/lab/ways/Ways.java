package dev.seonchak.lab.ways;

import static dev.seonchak.lab.ways.Trait.CARTS;
import static dev.seonchak.lab.ways.Trait.CHOOSES_CONNECTIONS;
import static dev.seonchak.lab.ways.Trait.COUNTS_ONLY;
import static dev.seonchak.lab.ways.Trait.SEVERAL_PROCESSES;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The catalogue: every way that is measured, ours first, each with a sentence that explains it. */
@SuppressWarnings("ImmutableEnumChecker") // Sets and lambdas here are immutable; it cannot tell.
public enum Ways {
  SEONCHAK(
      "Seonchak's engine",
      "Requests gather while the last commit is in flight, and one writer decides them together:"
          + " one lock, one round of statements and one fsync for hundreds of buyers.",
      (servers, connections) -> new Seonchak(servers),
      SEVERAL_PROCESSES,
      CARTS),
  PESSIMISTIC(
      "pessimistic row lock",
      "SELECT … FOR UPDATE, decide in the application, then write: everybody else waits from the"
          + " lock to the end of the commit, through six round trips and one fsync each.",
      Pessimistic::new,
      CHOOSES_CONNECTIONS,
      SEVERAL_PROCESSES),
  CONDITIONAL(
      "conditional update, then insert",
      "The update says itself what must hold, so nothing is read before; it locks the row all the"
          + " same, and since it gives the number, the others wait for four statements and a commit.",
      Conditional::new,
      CHOOSES_CONNECTIONS,
      SEVERAL_PROCESSES),
  SINGLE_STATEMENT(
      "single statement",
      "Counter, claim, units and order in one statement: the least that a transaction per buyer can"
          + " do; what is left is the row lock over one round trip and one fsync.",
      SingleStatement::new,
      CHOOSES_CONNECTIONS,
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
    /** Claims, orders, units per person and counters in PostgreSQL. */
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
    if (is(Trait.WRONG)) {
      return List.of(8);
    }
    return is(CHOOSES_CONNECTIONS) ? List.of(2, 4, 8, 16, 32) : List.of(1);
  }

  /** As written on the command line, for example {@code redis-incr}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
