package dev.seonchak.lab.ways;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.UUID;

/**
 * {@code INCR} for the person, {@code INCR} for the pool, and {@code DECR} when one of them was too
 * many or came to nothing. A number that is given back is not the one that is given next, unless it
 * was the last: then two get the same, and the table refuses the second.
 */
final class RedisNumbers implements Numbers {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisAsyncCommands<String, String> redis;

  RedisNumbers(Servers servers) {
    client = RedisClient.create(RedisURI.create(servers.redisUri()));
    connection = client.connect();
    redis = connection.async();
  }

  private static String counter(UUID pool) {
    return "taken:" + pool;
  }

  private static String people(UUID pool) {
    return "people:" + pool;
  }

  @Override
  public void begin(PoolRow pool) throws Exception {
    redis.del(people(pool.id())).get();
    redis.set(counter(pool.id()), Long.toString(pool.taken())).get();
  }

  @Override
  public Answer take(Hold hold, PoolRow pool) throws Exception {
    int wanted = hold.line().quantity();
    if (person(hold, wanted) > pool.limit()) {
      person(hold, -wanted);
      return new Answer.Refused("limit-reached");
    }
    long taken = redis.incrby(counter(pool.id()), wanted).get();
    Answer.Held held = new Answer.Held(hold.order(), List.of(taken));
    if (taken > pool.capacity()) {
      giveBack(hold, held);
      return new Answer.Refused("sold-out");
    }
    return held;
  }

  private long person(Hold hold, int more) throws Exception {
    return redis.hincrby(people(hold.line().pool()), hold.claimant().toString(), more).get();
  }

  @Override
  public void giveBack(Hold hold, Answer.Held taken) throws Exception {
    redis.decrby(counter(hold.line().pool()), hold.line().quantity()).get();
    person(hold, -hold.line().quantity());
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
