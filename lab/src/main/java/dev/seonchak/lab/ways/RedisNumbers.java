package dev.seonchak.lab.ways;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code INCR}, and {@code DECR} when that was too many or came to nothing. A number that was given
 * back is not the one that is given next, unless it was the last.
 */
final class RedisNumbers implements Numbers {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisAsyncCommands<String, String> redis;
  private final Map<UUID, Long> capacities = new ConcurrentHashMap<>();

  RedisNumbers(Servers servers) {
    client = RedisClient.create(RedisURI.create(servers.redisUri()));
    connection = client.connect();
    redis = connection.async();
  }

  private static String counter(UUID pool) {
    return "taken:" + pool;
  }

  @Override
  public void begin(PoolRow pool) throws Exception {
    capacities.put(pool.id(), pool.capacity());
    redis.set(counter(pool.id()), Long.toString(pool.taken())).get();
  }

  @Override
  public OptionalLong take(Hold.Line line) throws Exception {
    long taken = redis.incrby(counter(line.pool()), line.quantity()).get();
    if (taken > capacities.getOrDefault(line.pool(), 0L)) {
      giveBack(line, taken);
      return OptionalLong.empty();
    }
    return OptionalLong.of(taken);
  }

  @Override
  public void giveBack(Hold.Line line, long number) throws Exception {
    redis.decrby(counter(line.pool()), line.quantity()).get();
  }

  @Override
  public long taken(PoolRow pool) throws Exception {
    return Long.parseLong(redis.get(counter(pool.id())).get());
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
