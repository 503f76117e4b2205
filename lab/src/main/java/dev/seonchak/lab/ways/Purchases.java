package dev.seonchak.lab.ways;

import java.util.Locale;

/** The catalogue of whole purchases: the ticket seller's first way, the second, and ours. */
public enum Purchases {
  LOCK_AND_BATCH(
      "lock, pay in the transaction, Kafka batches of 100",
      "A consumer takes purchases from a topic, and for each holds a lock in Redis and the row's lock"
          + " while the payment company thinks: purchases a second are one divided by all of that.") {
    @Override
    public Purchase open(Servers servers, Gateway gateway) {
      return new LockAndBatch(servers, gateway);
    }
  },
  CONDITIONAL_AND_CAPTURE(
      "conditional update, outbox, Debezium, parallel consumers",
      "The row is locked for a reservation only, the company is asked outside any transaction, and"
          + " the outbox carries what was paid to consumers that confirm side by side.") {
    @Override
    public Purchase open(Servers servers, Gateway gateway) {
      return new ReserveThenCapture(servers, new Conditional(servers, CONNECTIONS), gateway);
    }
  },
  SEONCHAK_AND_CAPTURE(
      "Seonchak's engine, outbox, Debezium, parallel consumers",
      "The same with the engine for the reservation, so that buyers do not wait for each other's"
          + " commits either.") {
    @Override
    public Purchase open(Servers servers, Gateway gateway) {
      return new ReserveThenCapture(servers, new Seonchak(servers), gateway);
    }
  };

  private static final int CONNECTIONS = 4;

  private final String title;
  private final String sentence;

  Purchases(String title, String sentence) {
    this.title = title;
    this.sentence = sentence;
  }

  /** Opens it on servers with Kafka, in a database in which nothing else is confirmed. */
  public abstract Purchase open(Servers servers, Gateway gateway);

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
