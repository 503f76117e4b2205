package dev.seonchak.identity;

import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Opens accounts. */
@Component
public final class SignUp {
  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
              + "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

  private final Registry registry;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Ids ids;

  SignUp(Registry registry, Sessions sessions, Passwords passwords, Ids ids) {
    this.registry = registry;
    this.sessions = sessions;
    this.passwords = passwords;
    this.ids = ids;
  }

  /** What a newcomer gives. */
  public record Newcomer(String email, String password, String name, Set<AccountRole> roles) {
    public Newcomer {
      roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
      return "Newcomer[" + roles + "]";
    }
  }

  /** What came of it, in the order in which it is decided. */
  public sealed interface Outcome {
    /** A value that cannot be taken. */
    record Invalid(String field, String reason) implements Outcome {}

    /** Too many passwords wait to be hashed. */
    record Overloaded() implements Outcome {}

    /** Another account has this address. */
    record EmailTaken() implements Outcome {}

    /** The account, signed in. */
    record Done(Sessions.SignedIn signedIn) implements Outcome {}
  }

  public Outcome signUp(Newcomer newcomer) {
    Optional<Outcome.Invalid> invalid = invalid(newcomer);
    if (invalid.isPresent()) {
      return invalid.get();
    }
    Optional<String> hash = passwords.hash(newcomer.password());
    if (hash.isEmpty()) {
      return new Outcome.Overloaded();
    }
    Account account =
        new Account(
            new AccountId(ids.next()), newcomer.email(), newcomer.name().strip(), newcomer.roles());
    if (!registry.add(account, hash.get())) {
      return new Outcome.EmailTaken();
    }
    return new Outcome.Done(
        sessions.open(registry.find(Set.of(account.id())).getOrDefault(account.id(), account)));
  }

  private static Optional<Outcome.Invalid> invalid(Newcomer newcomer) {
    if (newcomer.email().length() > Limits.EMAIL_CHARACTERS_MAX
        || !EMAIL.matcher(newcomer.email()).matches()
        || newcomer.email().contains("..")) {
      return Optional.of(new Outcome.Invalid("email", "This is not an e-mail address."));
    }
    Optional<String> password = Passwords.refused(newcomer.password());
    if (password.isPresent()) {
      return Optional.of(new Outcome.Invalid("password", password.get()));
    }
    Optional<String> name = refusedName(newcomer.name());
    if (name.isPresent()) {
      return Optional.of(new Outcome.Invalid("name", name.get()));
    }
    if (newcomer.roles().contains(AccountRole.OPERATOR)) {
      return Optional.of(new Outcome.Invalid("roles", "Nobody makes himself an operator."));
    }
    return Optional.empty();
  }

  /** Why a name cannot be taken, empty when it can. */
  static Optional<String> refusedName(String name) {
    String stripped = name.strip();
    int characters = stripped.codePointCount(0, stripped.length());
    if (characters == 0 || characters > Limits.NAME_CHARACTERS_MAX) {
      return Optional.of("A name has 1 to %d characters.".formatted(Limits.NAME_CHARACTERS_MAX));
    }
    if (stripped.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of("A name has no control characters.");
    }
    return Optional.empty();
  }
}
