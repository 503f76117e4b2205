package dev.seonchak.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.SessionId;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Access tokens: JSON Web Tokens (RFC 7519) signed with RS256 and nothing else, whatever a token
 * says of itself (RFC 8725, section 3.1). Thread-safe.
 */
@Component
public final class AccessTokens implements Tokens {
  private static final String ISSUER = "seonchak";
  private static final int CHARACTERS_MAX = 4096;

  private final Keys keys;
  private final EndedSessions ended;
  private final Clock clock;
  private final Limits.Session limits;

  AccessTokens(Keys keys, EndedSessions ended, Clock clock, Limits limits) {
    this.keys = keys;
    this.ended = ended;
    this.clock = clock;
    this.limits = limits.session();
  }

  public String issue(AccountId account, SessionId session, Set<AccountRole> roles) {
    SigningKey key = keys.current();
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(ISSUER)
            .subject(account.toString())
            .claim("sid", session.toString())
            .claim("roles", roles.stream().map(AccountRole::name).sorted().toList())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(limits.access())))
            .build();
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.id()).build(), claims);
    try {
      token.sign(new RSASSASigner(key.signs()));
    } catch (JOSEException e) {
      throw new IllegalStateException("A token could not be signed", e);
    }
    return token.serialize();
  }

  @Override
  public Verdict verify(String token) {
    if (token.length() > CHARACTERS_MAX) {
      return new Verdict.Invalid("too long");
    }
    try {
      SignedJWT parsed = SignedJWT.parse(token);
      JWSHeader header = parsed.getHeader();
      if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())
          || header.getCriticalParams() != null
          || header.getKeyID() == null) {
        return new Verdict.Invalid("not RS256 with a key id");
      }
      Optional<SigningKey> key = keys.byId(header.getKeyID());
      if (key.isEmpty()) {
        return new Verdict.Invalid("unknown key");
      }
      if (!parsed.verify(new RSASSAVerifier(key.get().verifies()))) {
        return new Verdict.Invalid("wrong signature");
      }
      return read(parsed.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      return new Verdict.Invalid("no token");
    }
  }

  private Verdict read(JWTClaimsSet claims) throws ParseException {
    Date expires = claims.getExpirationTime();
    String subject = claims.getSubject();
    String session = claims.getStringClaim("sid");
    List<String> roles = claims.getStringListClaim("roles");
    if (expires == null || subject == null || session == null || roles == null) {
      return new Verdict.Invalid("incomplete");
    }
    if (!ISSUER.equals(claims.getIssuer()) || !claims.getAudience().contains(ISSUER)) {
      return new Verdict.Invalid("issued by or for somebody else");
    }
    if (!expires.toInstant().isAfter(clock.instant())) {
      return new Verdict.Invalid("expired");
    }
    EnumSet<AccountRole> may = EnumSet.noneOf(AccountRole.class);
    roles.forEach(role -> may.add(AccountRole.valueOf(role)));
    return new Verdict.Valid(
        new Caller(
            new AccountId(UUID.fromString(subject)), new SessionId(UUID.fromString(session)), may),
        expires.toInstant());
  }

  @Override
  public boolean isEnded(SessionId session) {
    return ended.contains(session);
  }
}
