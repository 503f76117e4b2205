package dev.seonchak.identity.postgres;

import dev.seonchak.identity.AccessTokens;
import dev.seonchak.identity.Account;
import dev.seonchak.identity.Accounts;
import dev.seonchak.identity.EndedSessions;
import dev.seonchak.identity.Limits;
import dev.seonchak.identity.Sessions;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.SessionId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions in PostgreSQL. A session's row is locked before its refresh tokens are looked at. */
@Component
class PostgresSessions implements Sessions {
  private static final int TOKEN_BYTES = 32;

  private final SessionRows rows;
  private final TransactionTemplate transaction;
  private final Accounts accounts;
  private final AccessTokens tokens;
  private final EndedSessions ended;
  private final Source source;
  private final Limits.Session limits;

  PostgresSessions(
      SessionRows rows,
      TransactionTemplate transaction,
      Accounts accounts,
      AccessTokens tokens,
      EndedSessions ended,
      Source source,
      Limits limits) {
    this.rows = rows;
    this.transaction = transaction;
    this.accounts = accounts;
    this.tokens = tokens;
    this.ended = ended;
    this.source = source;
    this.limits = limits.session();
  }

  /** Time, ids and randomness. */
  @Component
  record Source(Clock clock, Ids ids, SecureRandom random) {
    OffsetDateTime now() {
      return clock.instant().atOffset(ZoneOffset.UTC);
    }

    String token() {
      byte[] bytes = new byte[TOKEN_BYTES];
      random.nextBytes(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
  }

  @Override
  public SignedIn open(Account account) {
    SessionId session = new SessionId(source.ids().next());
    String refresh = source.token();
    OffsetDateTime now = source.now();
    transaction.executeWithoutResult(status -> {
      rows.open(session, account.id(), now, now.plus(limits.refresh()));
      rows.add(refresh, session, now);
    });
    return signedIn(account, session, refresh);
  }

  /** Who presented a good token, or that it was stolen. */
  private sealed interface Found {
    record Nothing() implements Found {}

    record Stolen(SessionId session) implements Found {}

    record Good(SessionId session, AccountId account) implements Found {}
  }

  @Override
  public Optional<SignedIn> refresh(String refreshToken) {
    String successor = source.token();
    Found found = transaction.execute(status -> exchange(refreshToken, successor));
    return switch (found) {
      case null -> Optional.empty();
      case Found.Nothing() -> Optional.empty();
      case Found.Stolen(var session) -> {
        ended.add(Set.of(session));
        yield Optional.empty();
      }
      case Found.Good(var session, var account) ->
          Optional.ofNullable(accounts.find(Set.of(account)).get(account))
              .map(known -> signedIn(known, session, successor));
    };
  }

  private Found exchange(String refreshToken, String successor) {
    OffsetDateTime now = source.now();
    Optional<UUID> owner = rows.sessionOf(refreshToken);
    if (owner.isEmpty()) {
      return new Found.Nothing();
    }
    SessionId session = new SessionId(owner.get());
    Optional<AccountId> account = rows.lockOpen(session, now);
    if (account.isEmpty()) {
      return new Found.Nothing();
    }
    Optional<OffsetDateTime> replaced = rows.replacedAt(refreshToken);
    if (replaced.isPresent() && replaced.get().plus(limits.grace()).isBefore(now)) {
      rows.end(List.of(session), now);
      return new Found.Stolen(session);
    }
    rows.replace(refreshToken, now);
    rows.add(successor, session, now);
    rows.prolong(session, now.plus(limits.refresh()));
    return new Found.Good(session, account.get());
  }

  private SignedIn signedIn(Account account, SessionId session, String refresh) {
    return new SignedIn(
        account, session, tokens.issue(account.id(), session, account.roles()), refresh);
  }

  @Override
  public void end(SessionId session) {
    end(List.of(session));
  }

  @Override
  public void endBy(String refreshToken) {
    rows.sessionOf(refreshToken).ifPresent(session -> end(new SessionId(session)));
  }

  @Override
  public void endOthers(AccountId account, SessionId kept) {
    end(rows.openOf(account).stream().filter(session -> !session.equals(kept)).toList());
  }

  @Override
  public void endAll(AccountId account) {
    end(rows.openOf(account));
  }

  private void end(List<SessionId> sessions) {
    rows.end(sessions, source.now());
    ended.add(Set.copyOf(sessions));
  }
}
