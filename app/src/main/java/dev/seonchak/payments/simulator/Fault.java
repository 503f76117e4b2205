package dev.seonchak.payments.simulator;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a switch makes go wrong in one call; "done" means that the money did move. */
enum Fault {
  /** Done, and the connection is closed without an answer. */
  DONE_LOST,
  /** Not done, the session is over, and the connection is closed without an answer. */
  FAILED_LOST,
  /** Not done, everything stays as it was, and the connection is closed without an answer. */
  OPEN_LOST,
  /** Done, and answered with status 500. */
  DONE_500,
  /** Not done, everything stays as it was, and answered with status 500. */
  OPEN_500,
  /** Done, and the answer ends in the middle of its body. */
  BODY_CUT,
  /** Done with one won too much, and the answer says so. */
  WRONG_AMOUNT,
  /** Done, and the answer names another order. */
  WRONG_ORDER,
  /** Answered with "asked twice", and done after the delay. */
  IN_PROGRESS,
  /** Done, and answered with "already paid". */
  ALREADY_PROCESSED,
  /** Nothing happens for as long as the delay, then everything is as usual. */
  SLOW,
  /** The answer is lost, {@code order} says that it failed, and it is done after the delay. */
  DONE_LATE,
  /** Not done, the session is over, and answered with a definite no. */
  DECLINED,
  /** A webhook that is never sent. */
  LOST,
  /** A webhook that is sent twice. */
  DOUBLED,
  /** A webhook that is held back until the next one of its order has been sent. */
  REORDERED,
  /** A webhook that is sent after others that say what is not true, as anybody might send them. */
  FORGED;

  /** Whether it can happen to that call; those from {@link #LOST} on happen to webhooks. */
  boolean befalls(String call) {
    return (compareTo(LOST) >= 0) == call.equals("webhook");
  }

  /** The fault named in JSON, for example {@code done-lost}. */
  static Optional<Fault> named(String name) {
    return Stream.of(values())
        .filter(fault -> fault.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
        .findFirst();
  }
}
