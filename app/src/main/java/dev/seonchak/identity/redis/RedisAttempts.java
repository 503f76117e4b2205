package dev.seonchak.identity.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.seonchak.identity.Attempts;
import dev.seonchak.identity.Limits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Counters shared by all nodes through Redis. While Redis is away each node counts for itself: then
 * somebody may be wrong once more per node, and nobody is locked out. Thread-safe.
 */
@Component
class RedisAttempts implements Attempts {
  private static final Logger log = LoggerFactory.getLogger(RedisAttempts.class);
  private static final String PREFIX = "seonchak:attempts:";

  /** In one step, so that no counter is left without an end. */
  private static final RedisScript<Long> ADD =
      RedisScript.of(
          """
          local count = redis.call('INCR', KEYS[1])
          if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
          return count
          """,
          Long.class);

  /** After a failure Redis is left alone for so long, so that nobody waits for its timeout. */
  private static final long REST_NANOS = Duration.ofSeconds(5).toNanos();

  private final StringRedisTemplate redis;
  private final Cache<String, AtomicInteger> own;
  private final AtomicLong restUntil = new AtomicLong(System.nanoTime());

  RedisAttempts(StringRedisTemplate redis, Limits limits) {
    this.redis = redis;
    this.own =
        Caffeine.newBuilder()
            .maximumSize(limits.signIn().countersMax())
            .expireAfterWrite(limits.signIn().window())
            .build();
  }

  @Override
  public int add(String key, Duration window) {
    return ask(
        () -> {
          Long count = redis.execute(ADD, List.of(PREFIX + key), String.valueOf(window.toMillis()));
          return count == null ? 0 : (int) Math.min(count, Integer.MAX_VALUE);
        },
        () -> own.get(key, missing -> new AtomicInteger()).incrementAndGet());
  }

  @Override
  public int count(String key) {
    return ask(
        () -> {
          String count = redis.opsForValue().get(PREFIX + key);
          return count == null ? 0 : Integer.parseInt(count);
        },
        () -> {
          AtomicInteger count = own.getIfPresent(key);
          return count == null ? 0 : count.get();
        });
  }

  @Override
  public void forget(String key) {
    own.invalidate(key);
    ask(() -> redis.delete(PREFIX + key), () -> false);
  }

  private <T> T ask(Supplier<T> shared, Supplier<T> alone) {
    if (System.nanoTime() - restUntil.get() < 0) {
      return alone.get();
    }
    try {
      return shared.get();
    } catch (DataAccessException e) {
      restUntil.set(System.nanoTime() + REST_NANOS);
      log.warn("Redis does not answer; this node counts attempts by itself: {}", e.getMessage());
      return alone.get();
    }
  }
}
