package dev.seonchak.lab.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * Accounts with sessions, written into the platform's own tables, and tokens signed with the
 * platform's own key: to the platform they are like those of anybody who signed up.
 */
final class People {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final String ISSUER = "seonchak";

  private final Connection connection;
  private final PrivateKey key;
  private final String keyId;
  private final String publicKey;

  /** One account. */
  record Person(UUID account, String token) {}

  People(Connection connection) throws SQLException, GeneralSecurityException {
    this.connection = connection;
    String sql = "select id, private_key, public_key from signing_keys where retired_at is null";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      keyId = rows.getString(1);
      key =
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(rows.getBytes(2)));
      publicKey = Base64.getUrlEncoder().encodeToString(rows.getBytes(3));
    }
  }

  /** The key with which the tokens can be verified, X.509 in base64url. */
  String publicKey() {
    return publicKey;
  }

  /**
   * @param role besides BUYER, or BUYER
   * @param now when the sessions begin
   */
  List<Person> signUp(int count, String role, Instant now) throws SQLException, JOSEException {
    List<Person> people = new ArrayList<>();
    String sql =
        """
        with account as (
          insert into accounts (id, email, name, password_hash, roles, created_at)
          values (?, ?, 'Load', 'nobody signs in with this', ?, now()) returning id
        )
        insert into sessions (id, account_id, created_at, expires_at)
        select ?, id, now(), now() + interval '1 day' from account
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < count; i++) {
        UUID account = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        List<String> roles = role.equals("BUYER") ? List.of(role) : List.of("BUYER", role);
        statement.setObject(1, account);
        statement.setString(2, account + "@load.example");
        statement.setArray(3, connection.createArrayOf("text", roles.toArray()));
        statement.setObject(4, session);
        statement.addBatch();
        people.add(new Person(account, token(account, session, roles, now)));
      }
      statement.executeBatch();
    }
    return people;
  }

  private String token(UUID account, UUID session, List<String> roles, Instant now)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(ISSUER)
                .subject(account.toString())
                .claim("sid", session.toString())
                .claim("roles", roles)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(TOKEN_LIFE)))
                .build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }
}
