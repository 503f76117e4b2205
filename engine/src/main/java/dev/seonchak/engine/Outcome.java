package dev.seonchak.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What became of a request. All of them are ordinary; none is an exception. */
public sealed interface Outcome {

  /**
   * The take succeeded and is durable.
   *
   * @param holder what holds the claims now
   * @param grants one per line, in the order of the lines
   * @param at when, by the database's clock
   * @param deadline when the hold expires, by the database's clock
   */
  record Granted(HolderId holder, List<Grant> grants, Instant at, Instant deadline)
      implements Outcome {}

  /** The same take had succeeded before, under another holder; nothing was taken now. */
  record Repeated(Granted original) implements Outcome {}

  /** The key had succeeded before with another request; nothing was taken now. */
  record KeyReused(Key key) implements Outcome {}

  /**
   * The rules say no; nothing was taken, nothing is remembered.
   *
   * @param line index of the line, 0 for reasons that concern the whole request
   */
  record Refused(Reason reason, int line) implements Outcome {}

  /**
   * The holder's claims are given back and the stock is free again.
   *
   * @param at when, by the database's clock
   */
  record Released(Instant at) implements Outcome {}

  /** The holder's claims stay as they are. */
  record NotReleased(Obstacle why) implements Outcome {}

  /**
   * The engine is full or closing; nothing was tried.
   *
   * @param retryAfter when to come back
   */
  record Overloaded(Duration retryAfter) implements Outcome {}

  /**
   * Nobody knows in time: it may or may not happen. Asking again with the same key finds out and
   * cannot take twice.
   */
  record Unanswered() implements Outcome {}

  /**
   * The database rejected this request when it stood alone; nothing was written.
   *
   * @param message what the journal said, for the log and not for the claimant
   */
  record Rejected(String message) implements Outcome {}
}
