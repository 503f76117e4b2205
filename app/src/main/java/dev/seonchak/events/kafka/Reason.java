package dev.seonchak.events.kafka;

import org.jspecify.annotations.Nullable;

/** A failure in one line. */
final class Reason {
  private static final int LENGTH_MAX = 500;

  private Reason() {}

  /** The failure and its deepest cause, each by class and message. */
  static String of(@Nullable Throwable failure) {
    if (failure == null) {
      return "unknown";
    }
    var text = line(failure);
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause.getCause() == null) {
        text += ", caused by " + line(cause);
      }
    }
    return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX);
  }

  private static String line(Throwable failure) {
    var message = failure.getMessage();
    var name = failure.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }
}
