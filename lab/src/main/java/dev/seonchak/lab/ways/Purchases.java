package dev.seonchak.lab.ways;

import java.util.Locale;
import java.util.function.BiFunction;

/** The catalogue of whole purchases: the ticket seller's first way, the second, and ours. */
@SuppressWarnings("ImmutableEnumChecker") // Lambdas here are immutable; it cannot tell.
public enum Purchases {
  LOCK_AND_BATCH(
      "lock, pay in the transaction, Kafka batches of 100",
      "A consumer takes purchases from a topic, and for each holds a lock in Redis and the row's lock"
          + " while the payment company thinks: purchases a second are one divided by all of that.",
      LockAndBatch::new),
  CONDITIONAL_AND_CAPTURE(
      "conditional update, outbox, Debezium, parallel consumers",
      "The row is locked for a reservation only, the company is asked outside any transaction, and"
          + " the outbox carries what was paid to consumers that confirm side by side.",
      (servers, gateway) -> new ReserveThenCapture(servers, new Conditional(servers, 4), gateway)),
  SEONCHAK_AND_CAPTURE(
      "Seonchak's engine, outbox, Debezium, parallel consumers",
      "The same with the engine for the reservation, so that buyers do not wait for each other's"
          + " commits either.",
      (servers, gateway) -> new ReserveThenCapture(servers, new Seonchak(servers), gateway));

  private final String title;
  private final String sentence;
  private final BiFunction<Servers, Gateway, Purchase> opening;

  Purchases(String title, String sentence, BiFunction<Servers, Gateway, Purchase> opening) {
    this.title = title;
    this.sentence = sentence;
    this.opening = opening;
  }

  /** Opens it on servers with Kafka, in a database in which nothing else is confirmed. */
  public Purchase open(Servers servers, Gateway gateway) {
    return opening.apply(servers, gateway);
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** What it is, and why it is as fast or as slow as it is; for people too. */
  public String sentence() {
    return sentence;
  }

  /** As written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
