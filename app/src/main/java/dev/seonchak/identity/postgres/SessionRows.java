package dev.seonchak.identity.postgres;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of sessions and refresh tokens. A token is kept as its SHA-256 only. */
@Component
class SessionRows {
  private final JdbcClient jdbc;

  SessionRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void open(SessionId session, AccountId account, OffsetDateTime now, OffsetDateTime expires) {
    jdbc.sql(
            """
            insert into sessions (id, account_id, created_at, expires_at)
            values (:id, :account, :now, :expires)
            """)
        .param("id", session.value())
        .param("account", account.value())
        .param("now", now)
        .param("expires", expires)
        .update();
  }

  void add(String token, SessionId session, OffsetDateTime now) {
    jdbc.sql(
            """
            insert into refresh_tokens (hash, session_id, issued_at)
            values (:hash, :session, :now)
            """)
        .param("hash", hash(token))
        .param("session", session.value())
        .param("now", now)
        .update();
  }

  Optional<UUID> sessionOf(String token) {
    return jdbc.sql("select session_id from refresh_tokens where hash = :hash")
        .param("hash", hash(token))
        .query(UUID.class)
        .optional();
  }

  /** Locks the session and answers whose it is; empty when it has ended or expired. */
  Optional<AccountId> lockOpen(SessionId session, OffsetDateTime now) {
    return jdbc.sql(
            """
            select account_id
              from sessions
             where id = :id and ended_at is null and expires_at > :now
               for update
            """)
        .param("id", session.value())
        .param("now", now)
        .query(UUID.class)
        .optional()
        .map(AccountId::new);
  }

  Optional<OffsetDateTime> replacedAt(String token) {
    return jdbc.sql(
            """
            select replaced_at from refresh_tokens where hash = :hash and replaced_at is not null
            """)
        .param("hash", hash(token))
        .query(OffsetDateTime.class)
        .optional();
  }

  /** A second use within the grace keeps the time of the first. */
  void replace(String token, OffsetDateTime now) {
    jdbc.sql(
            """
            update refresh_tokens set replaced_at = :now where hash = :hash and replaced_at is null
            """)
        .param("hash", hash(token))
        .param("now", now)
        .update();
  }

  void prolong(SessionId session, OffsetDateTime expires) {
    jdbc.sql("update sessions set expires_at = :expires where id = :id")
        .param("id", session.value())
        .param("expires", expires)
        .update();
  }

  List<SessionId> openOf(AccountId account) {
    return jdbc.sql("select id from sessions where account_id = :account and ended_at is null")
        .param("account", account.value())
        .query((row, number) -> new SessionId(row.getObject("id", UUID.class)))
        .list();
  }

  void end(Collection<SessionId> sessions, OffsetDateTime now) {
    UUID[] ids = sessions.stream().map(SessionId::value).sorted().toArray(UUID[]::new);
    if (ids.length == 0) {
      return;
    }
    jdbc.sql("update sessions set ended_at = :now where id = any(:ids) and ended_at is null")
        .param("ids", ids)
        .param("now", now)
        .update();
  }

  /** The sessions that ended since then. */
  Set<SessionId> endedSince(OffsetDateTime since) {
    return jdbc.sql("select id from sessions where ended_at > :since")
        .param("since", since)
        .query((row, number) -> new SessionId(row.getObject("id", UUID.class)))
        .set();
  }

  /** Deletes a bounded number of sessions that ended or expired before then; answers how many. */
  int forget(OffsetDateTime before, int rowsMax) {
    List<UUID> ids =
        jdbc.sql(
                """
                select id
                  from sessions
                 where expires_at < :before or ended_at < :before
                 order by id
                 limit :rows
                """)
            .param("before", before)
            .param("rows", rowsMax)
            .query(UUID.class)
            .list();
    UUID[] keys = ids.toArray(UUID[]::new);
    jdbc.sql("delete from refresh_tokens where session_id = any(:ids)").param("ids", keys).update();
    return jdbc.sql("delete from sessions where id = any(:ids)").param("ids", keys).update();
  }

  /** How far nodes' clocks may be apart. */
  static Duration clockErrorMax() {
    return Duration.ofSeconds(30);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
