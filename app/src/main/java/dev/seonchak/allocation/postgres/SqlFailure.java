package dev.seonchak.allocation.postgres;

import dev.seonchak.engine.JournalException;
import dev.seonchak.engine.JournalException.Kind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failure of PostgreSQL or of the way to it says about the transaction. */
final class SqlFailure {
  private static final String IN_FAILED_TRANSACTION = "25P02";
  private static final String READ_ONLY = "25006";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private SqlFailure() {}

  /** Before the commit was sent nothing can have been written, whatever broke. */
  static JournalException beforeCommit(Exception failure) {
    SQLException sql = sqlIn(failure);
    if (sql == null) {
      // A mistake in a module's rows must not take its neighbours along: it is found by splitting.
      return new JournalException(Kind.REJECTED, failure.toString(), failure);
    }
    return of(sql, kind(sql.getSQLState()));
  }

  /** Once the commit was sent, only PostgreSQL's own word that it failed is a no. */
  static JournalException afterCommit(SQLException failure) {
    Kind kind = kind(failure.getSQLState());
    return of(failure, kind == Kind.UNAVAILABLE ? Kind.UNKNOWN : kind);
  }

  static JournalException unavailable(SQLException failure) {
    return of(failure, Kind.UNAVAILABLE);
  }

  /** Whether a connection may be used again after this failure, once it is rolled back. */
  static boolean isConnectionGood(Throwable failure) {
    if (failure instanceof Error) {
      return false;
    }
    SQLException sql = sqlIn(failure);
    return sql == null || kind(sql.getSQLState()) != Kind.UNAVAILABLE;
  }

  /**
   * Whether the server may be gone or replaced, as classes 08 and 57P0 and silence say; a full disk
   * or memory and a cancelled statement do not.
   */
  static boolean isServerGone(Throwable failure) {
    SQLException sql = sqlIn(failure);
    String state = sql == null ? null : sql.getSQLState();
    return sql != null
        && (state == null
            || state.startsWith("08")
            || state.startsWith("57P0")
            || state.equals(READ_ONLY));
  }

  /** Modules may wrap what the driver threw. */
  private static @Nullable SQLException sqlIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  private static JournalException of(SQLException failure, Kind kind) {
    return new JournalException(kind, failure.getMessage(), failure);
  }

  /**
   * Classes of SQLSTATE by the PostgreSQL manual, appendix A. What is not known to be about content
   * or about other transactions is taken as trouble of the server, which is waited out: answering
   * "rejected" to everybody because a disk is full would be wrong.
   */
  private static Kind kind(@Nullable String state) {
    if (state == null || state.length() != 5 || state.equals(READ_ONLY)) {
      return Kind.UNAVAILABLE;
    }
    if (state.equals(LOCK_NOT_AVAILABLE)) {
      return Kind.CONFLICT;
    }
    return switch (state.substring(0, 2)) {
      case "22", "23", "44", "54", "P0", "XX", "0A" -> Kind.REJECTED;
      case "40" -> Kind.CONFLICT;
      case "25" -> state.equals(IN_FAILED_TRANSACTION) ? Kind.REJECTED : Kind.UNAVAILABLE;
      default -> Kind.UNAVAILABLE;
    };
  }
}
