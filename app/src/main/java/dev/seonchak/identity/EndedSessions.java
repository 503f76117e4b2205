package dev.seonchak.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.seonchak.shared.SessionId;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The sessions that ended so recently that a token of theirs may not have expired yet. What ends on
 * other nodes is added as it is read from the database. Thread-safe.
 */
@Component
public final class EndedSessions {
  private static final int SESSIONS_MAX = 200_000;

  private final Cache<SessionId, Boolean> ended;
  private final Duration remembered;

  EndedSessions(Limits limits) {
    this.remembered = limits.session().access().plusMinutes(1);
    this.ended =
        Caffeine.newBuilder().maximumSize(SESSIONS_MAX).expireAfterWrite(remembered).build();
  }

  boolean contains(SessionId session) {
    return ended.asMap().containsKey(session);
  }

  public void add(Set<SessionId> sessions) {
    sessions.forEach(session -> ended.put(session, true));
  }

  /** How far back one must look to find all that still matter. */
  public Duration remembered() {
    return remembered;
  }
}
