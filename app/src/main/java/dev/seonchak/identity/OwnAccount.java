package dev.seonchak.identity;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people change about their own accounts, and operators about others'. */
@Component
public final class OwnAccount {
  private final Registry registry;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Attempts attempts;
  private final Limits.SignIn limits;

  OwnAccount(
      Registry registry, Sessions sessions, Passwords passwords, Attempts attempts, Limits limits) {
    this.registry = registry;
    this.sessions = sessions;
    this.passwords = passwords;
    this.attempts = attempts;
    this.limits = limits.signIn();
  }

  /** What came of a change, in the order in which it is decided. */
  public sealed interface Outcome {
    record Invalid(String field, String reason) implements Outcome {}

    /** There is no such account, or no longer. */
    record Unknown() implements Outcome {}

    /** The password was wrong too often; ask again after so many seconds. */
    record TooMany(long seconds) implements Outcome {}

    record Overloaded() implements Outcome {}

    /** The password that guards the change is wrong. */
    record Wrong() implements Outcome {}

    record Done(Account account) implements Outcome {}
  }

  public Optional<Account> read(Caller caller) {
    return registry.byId(caller.account()).map(Registry.Entry::account);
  }

  public Outcome rename(Caller caller, String name) {
    Optional<String> refused = SignUp.refusedName(name);
    if (refused.isPresent()) {
      return new Outcome.Invalid("name", refused.get());
    }
    registry.rename(caller.account(), name.strip());
    return read(caller).<Outcome>map(Outcome.Done::new).orElseGet(Outcome.Unknown::new);
  }

  /** Takes the old password, and ends all sessions but the caller's. */
  public Outcome changePassword(Caller caller, @Nullable String old, String password) {
    Optional<String> refused = Passwords.refused(password);
    if (refused.isPresent()) {
      return new Outcome.Invalid("password", refused.get());
    }
    if (old == null) {
      return new Outcome.Invalid("oldPassword", "The old password is missing.");
    }
    Outcome known = check(caller, old);
    if (!(known instanceof Outcome.Done)) {
      return known;
    }
    Optional<String> hash = passwords.hash(password);
    if (hash.isEmpty()) {
      return new Outcome.Overloaded();
    }
    registry.changePassword(caller.account(), hash.get());
    sessions.endOthers(caller.account(), caller.session());
    return known;
  }

  /** Takes the password, frees the address, erases what is personal and ends all sessions. */
  public Outcome close(Caller caller, String password) {
    Outcome known = check(caller, password);
    if (known instanceof Outcome.Done) {
      registry.close(caller.account());
      sessions.endAll(caller.account());
    }
    return known;
  }

  /** Gives an account exactly these roles, and BUYER; who loses one has to sign in again. */
  public Outcome assign(AccountId id, Set<AccountRole> roles) {
    Optional<Account> before = registry.byId(id).map(Registry.Entry::account);
    Optional<Account> after = registry.assign(id, roles);
    if (before.isEmpty() || after.isEmpty()) {
      return new Outcome.Unknown();
    }
    if (!after.get().roles().containsAll(before.get().roles())) {
      sessions.endAll(id);
    }
    return new Outcome.Done(after.get());
  }

  private Outcome check(Caller caller, String password) {
    Optional<Registry.Entry> entry = registry.byId(caller.account());
    if (entry.isEmpty()) {
      return new Outcome.Unknown();
    }
    String key = "password:" + caller.account();
    if (attempts.add(key, limits.window()) > limits.accountAttemptsMax()) {
      return new Outcome.TooMany(limits.window().toSeconds());
    }
    Optional<Boolean> matches = passwords.matches(password, entry.get().passwordHash());
    if (matches.isEmpty()) {
      return new Outcome.Overloaded();
    }
    if (!matches.get()) {
      return new Outcome.Wrong();
    }
    attempts.forget(key);
    return new Outcome.Done(entry.get().account());
  }
}
