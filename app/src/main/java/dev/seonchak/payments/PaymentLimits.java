package dev.seonchak.payments;

import java.time.Duration;

/**
 * Every bound of this module.
 *
 * @param paymentsPerOrderMax how often one order may be tried to be paid
 * @param callsAtOnceMax buyers' calls under way to one gateway; the next is not made
 * @param asksAtOnceMax the reconciler's calls under way to one gateway
 * @param connectWithin for a gateway to take a connection
 * @param answerWithin for a gateway's whole answer, body included
 * @param answerBytesMax longer answers count as none
 * @param askFirstIn after an answer is missing, doubled with every asking
 * @param askMaxIn where the doubling ends
 * @param alarmAfter from when on an unanswered payment is somebody's business
 * @param compareBack payments that have changed within this time are compared with the gateway
 *     daily
 * @param comparePause between two questions of a comparison, so that it stays below a rate
 * @param hintBytesMax of a webhook; a longer one is not read
 * @param hintsAtOnceMax webhooks under way in this process; the next is refused
 * @param hintEvery how often webhooks may have one payment asked about
 */
public record PaymentLimits(
    int paymentsPerOrderMax,
    int callsAtOnceMax,
    int asksAtOnceMax,
    Duration connectWithin,
    Duration answerWithin,
    int answerBytesMax,
    Duration askFirstIn,
    Duration askMaxIn,
    Duration alarmAfter,
    Duration compareBack,
    Duration comparePause,
    int hintBytesMax,
    int hintsAtOnceMax,
    Duration hintEvery) {
  /** A refund that a gateway refuses counts as refused for good from this asking on. */
  static final int REFUSED_FROM = 3;

  /** How often a gateway is asked about what it refuses to give back although it is owed. */
  static final Duration ASK_REFUSED_EVERY = Duration.ofHours(1);

  /** What holds unless a test wants to see a bound. */
  public static final PaymentLimits STANDARD =
      new PaymentLimits(
          20,
          64,
          16,
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          64 * 1024,
          Duration.ofMillis(500),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofDays(7),
          Duration.ofMillis(50),
          64 * 1024,
          8,
          Duration.ofSeconds(1));

  /** How long to wait after having asked {@code times} times. */
  Duration backOff(int times) {
    var wait = askFirstIn.multipliedBy(1L << Math.min(times, 20));
    return wait.compareTo(askMaxIn) < 0 ? wait : askMaxIn;
  }
}
