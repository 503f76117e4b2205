package dev.seonchak.identity;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.SessionId;
import java.util.Optional;

/**
 * Signed-in sessions. Each holds one chain of refresh tokens: a token is replaced whenever it is
 * used, so one that comes back long after it was replaced has been stolen, and ends the session.
 */
public interface Sessions {
  /** A session's tokens as they go to its owner. */
  record SignedIn(Account account, SessionId session, String accessToken, String refreshToken) {
    @Override
    public String toString() {
      return "SignedIn[" + session + "]";
    }
  }

  SignedIn open(Account account);

  /** New tokens for a refresh token, or empty: its owner must sign in again. */
  Optional<SignedIn> refresh(String refreshToken);

  void end(SessionId session);

  /** Ends the session that a refresh token belongs to, however old the token is. */
  void endBy(String refreshToken);

  /** Ends all sessions of an account but one. */
  void endOthers(AccountId account, SessionId kept);

  void endAll(AccountId account);
}
