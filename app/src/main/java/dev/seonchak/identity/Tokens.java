package dev.seonchak.identity;

import dev.seonchak.shared.Caller;
import dev.seonchak.shared.SessionId;
import java.time.Instant;

/** Access tokens as the edge sees them. */
public interface Tokens {
  /**
   * Checks form, signature, issuer, audience and time; costs some tens of microseconds, so whoever
   * asks often remembers the answer until {@link Verdict.Valid#expiresAt}.
   */
  Verdict verify(String token);

  /**
   * Whether the session was ended, as this node knows it: at once for what happened here, within
   * about a second for what happened on other nodes. No database read.
   */
  boolean isEnded(SessionId session);

  /** What came of looking at a token. */
  sealed interface Verdict {
    /** It was issued here and speaks for this caller until then. */
    record Valid(Caller caller, Instant expiresAt) implements Verdict {}

    /** It says nothing; the reason is for the log, not for the caller. */
    record Invalid(String reason) implements Verdict {}
  }
}
