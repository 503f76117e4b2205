package dev.seonchak.engine;

import org.jspecify.annotations.Nullable;

/** A transaction of the journal did not come to an acknowledged commit. */
public final class JournalException extends Exception {

  /** What is known about the transaction, and so what the writer does next. */
  public enum Kind {
    /** The database refuses some content; nothing was written. The writer splits the batch. */
    REJECTED,
    /** Deadlock or serialization failure; nothing was written. The writer tries it all again. */
    CONFLICT,
    /** The connection broke with the commit under way; it may or may not have happened. */
    UNKNOWN,
    /** No transaction could be begun; nothing was written. The writer waits and tries again. */
    UNAVAILABLE
  }

  private final Kind kind;

  public JournalException(Kind kind, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
