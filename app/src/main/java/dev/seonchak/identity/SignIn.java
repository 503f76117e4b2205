package dev.seonchak.identity;

import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Opens sessions for those who know their password. An unknown address gets the same answer after
 * the same time as a wrong password, so that nobody learns who has an account.
 */
@Component
public final class SignIn {
  private final Registry registry;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Attempts attempts;
  private final Limits.SignIn limits;

  SignIn(
      Registry registry, Sessions sessions, Passwords passwords, Attempts attempts, Limits limits) {
    this.registry = registry;
    this.sessions = sessions;
    this.passwords = passwords;
    this.attempts = attempts;
    this.limits = limits.signIn();
  }

  /** What came of it, in the order in which it is decided. */
  public sealed interface Outcome {
    /** Wrong too often; ask again after so many seconds. */
    record TooMany(long seconds) implements Outcome {}

    /** Too many passwords wait to be hashed. */
    record Overloaded() implements Outcome {}

    /** Unknown address or wrong password: which of them is not said. */
    record Wrong() implements Outcome {}

    record Done(Sessions.SignedIn signedIn) implements Outcome {}
  }

  /**
   * @param address of the client, as the connection tells it
   */
  public Outcome signIn(String email, String password, String address) {
    String byAccount = "sign-in:" + address + ":" + email.toLowerCase(Locale.ROOT);
    String byAddress = "sign-in:" + address;
    // Counted before it is decided, so that many tries at once are no way around the limit.
    if (attempts.count(byAddress) >= limits.addressAttemptsMax()
        || attempts.add(byAccount, limits.window()) > limits.accountAttemptsMax()) {
      return new Outcome.TooMany(limits.window().toSeconds());
    }
    Optional<Registry.Entry> entry = registry.byEmail(email);
    Optional<Boolean> matches =
        entry.isPresent()
            ? passwords.matches(password, entry.get().passwordHash())
            : passwords.matchesNobody(password);
    if (matches.isEmpty()) {
      return new Outcome.Overloaded();
    }
    if (entry.isEmpty() || !matches.get()) {
      attempts.add(byAddress, limits.window());
      return new Outcome.Wrong();
    }
    attempts.forget(byAccount);
    return new Outcome.Done(sessions.open(entry.get().account()));
  }
}
