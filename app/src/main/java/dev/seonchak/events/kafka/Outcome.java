package dev.seonchak.events.kafka;

/** What became of one event at one subscriber. */
sealed interface Outcome {
  /** Handled now or before, or not meant for this subscriber. */
  record Done() implements Outcome {}

  /** It may work another time. An outage is not the event's fault and is waited out. */
  record Again(Throwable failure, boolean outage) implements Outcome {}

  /** It will never work. */
  record Hopeless(Throwable failure) implements Outcome {}
}
