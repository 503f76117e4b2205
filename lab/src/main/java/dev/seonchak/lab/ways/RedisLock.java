package dev.seonchak.lab.ways;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** A lock of the pool's name in Redis, as Redisson keeps it. */
final class RedisLock implements Mutex {
  private final RedissonClient client;
  private final @Nullable Duration lease;

  private RedisLock(Servers servers, @Nullable Duration lease) {
    Config config = new Config();
    config.useSingleServer().setAddress(servers.redisUri());
    client = Redisson.create(config);
    this.lease = lease;
  }

  /** Held as long as the work takes, and renewed while the process lives. */
  static RedisLock renewed(Servers servers) {
    return new RedisLock(servers, null);
  }

  /** Given up after this long, whether or not the work is done. */
  static RedisLock leased(Servers servers, Duration lease) {
    return new RedisLock(servers, lease);
  }

  @Override
  public Answer during(Hold hold, Callable<Answer> work) throws Exception {
    RLock lock = client.getLock("lock:" + hold.line().pool());
    if (lease == null) {
      lock.lock();
    } else {
      lock.lock(lease.toMillis(), TimeUnit.MILLISECONDS);
    }
    try {
      return work.call();
    } finally {
      // Once the lease is over, somebody else may own it, and what one does not own one leaves.
      if (lock.isHeldByCurrentThread()) {
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
