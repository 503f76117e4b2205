package dev.seonchak.identity.postgres;

import dev.seonchak.identity.Keys;
import dev.seonchak.identity.Limits;
import dev.seonchak.identity.SigningKey;
import dev.seonchak.runtime.Ids;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing keys in PostgreSQL. Whoever makes one holds an advisory lock, so that nodes that start at
 * once agree on one. Thread-safe.
 */
@Component
class PostgresKeys implements Keys {
  private static final long LOCK = 0x5345_4f4e_4b45_5953L;
  private static final int BITS = 2048;
  private static final Duration READS_APART = Duration.ofMillis(100);
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Ids ids;
  private final Clock clock;
  private final Limits.Session limits;
  private final SharedRead reads = new SharedRead(this::load, READS_APART, System::nanoTime);
  private volatile List<Kept> kept = List.of();

  PostgresKeys(
      JdbcClient jdbc, TransactionTemplate transaction, Ids ids, Clock clock, Limits limits) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits.session();
    read();
    if (signing().isEmpty()) {
      replace(null);
    }
  }

  /**
   * A row.
   *
   * @param retiredAt when another key began to sign, null for the one that signs
   */
  private record Kept(
      SigningKey key, OffsetDateTime createdAt, @Nullable OffsetDateTime retiredAt) {}

  @Override
  public SigningKey current() {
    return signing()
        .map(Kept::key)
        .orElseThrow(() -> new IllegalStateException("There is no key to sign with"));
  }

  @Override
  public Optional<SigningKey> byId(String id) {
    Optional<SigningKey> known = find(id);
    if (known.isPresent() || !ID.matcher(id).matches()) {
      return known;
    }
    reads.await();
    return find(id);
  }

  private Optional<SigningKey> find(String id) {
    for (Kept row : kept) {
      if (row.key().id().equals(id)) {
        return Optional.of(row.key());
      }
    }
    return Optional.empty();
  }

  @Override
  public List<SigningKey> all() {
    return kept.stream().map(Kept::key).toList();
  }

  @Override
  public void rotate() {
    read();
    signing().ifPresent(row -> replace(row.key().id()));
  }

  void rotateWhenDue() {
    read();
    OffsetDateTime due = now().minus(limits.key());
    signing()
        .filter(row -> row.createdAt().isBefore(due))
        .ifPresent(row -> replace(row.key().id()));
  }

  private Optional<Kept> signing() {
    return kept.stream().filter(row -> row.retiredAt() == null).findFirst();
  }

  /** Puts a new key in the place of that one, unless another node has just done so. */
  private void replace(@Nullable String old) {
    KeyPair pair = generate();
    transaction.executeWithoutResult(status -> {
      jdbc.sql("select 1 from (select pg_advisory_xact_lock(:lock)) as locked")
          .param("lock", LOCK)
          .query(Integer.class)
          .single();
      Optional<String> signs =
          jdbc.sql(
                  """
                  select id from signing_keys
                   where retired_at is null
                   order by created_at desc
                   limit 1
                  """)
              .query(String.class)
              .optional();
      if (!signs.equals(Optional.ofNullable(old))) {
        return;
      }
      jdbc.sql("update signing_keys set retired_at = :now where retired_at is null")
          .param("now", now())
          .update();
      jdbc.sql(
              """
              insert into signing_keys (id, private_key, public_key, created_at)
              values (:id, :private, :public, :now)
              """)
          .param("id", ids.next().toString())
          .param("private", pair.getPrivate().getEncoded())
          .param("public", pair.getPublic().getEncoded())
          .param("now", now())
          .update();
    });
    read();
  }

  void read() {
    reads.now();
  }

  private void load() {
    kept =
        jdbc.sql(
                """
                select id, private_key, public_key, created_at, retired_at
                  from signing_keys
                 where retired_at is null or retired_at > :since
                 order by created_at desc
                """)
            .param("since", now().minus(limits.access()).minus(SessionRows.clockErrorMax()))
            .query(PostgresKeys::kept)
            .list();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Kept kept(ResultSet row, int number) throws SQLException {
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      return new Kept(
          new SigningKey(
              row.getString("id"),
              (RSAPrivateKey)
                  rsa.generatePrivate(new PKCS8EncodedKeySpec(row.getBytes("private_key"))),
              (RSAPublicKey)
                  rsa.generatePublic(new X509EncodedKeySpec(row.getBytes("public_key")))),
          row.getObject("created_at", OffsetDateTime.class),
          row.getObject("retired_at", OffsetDateTime.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A signing key cannot be read", e);
    }
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A signing key cannot be made", e);
    }
  }
}
