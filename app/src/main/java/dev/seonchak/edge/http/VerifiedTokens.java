package dev.seonchak.edge.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.seonchak.edge.Limits;
import dev.seonchak.identity.Tokens;
import dev.seonchak.identity.Tokens.Verdict;
import dev.seonchak.shared.Caller;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Remembers the tokens whose signature has been checked, since checking one costs more than all
 * else on the way of a request. The key is the whole token, so that nobody gets in with a similar
 * one. Thread-safe.
 */
@Component
class VerifiedTokens {
  private final Tokens tokens;
  private final Clock clock;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder()
          .maximumSize(Limits.STANDARD.verifiedTokensMax())
          // Upkeep by whoever reads is shorter than waking another thread for it.
          .executor(Runnable::run)
          .build();

  private record Verified(Caller caller, long expiresAtMillis) {}

  VerifiedTokens(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Whom the token speaks for; empty when it is not, or no longer, good. */
  Optional<Caller> caller(String token) {
    Verified known = verified.getIfPresent(token);
    if (known == null) {
      if (!(tokens.verify(token) instanceof Verdict.Valid valid)) {
        return Optional.empty();
      }
      known = new Verified(valid.caller(), valid.expiresAt().toEpochMilli());
      verified.put(token, known);
    }
    if (known.expiresAtMillis <= clock.millis() || tokens.isEnded(known.caller.session())) {
      verified.invalidate(token);
      return Optional.empty();
    }
    return Optional.of(known.caller);
  }
}
