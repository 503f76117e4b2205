package dev.seonchak.lab.ways;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.Map;

/**
 * A store's line as it is kept in Redis by those who keep it there: a counter gives the number, a
 * sorted set the place, a hash what the entry says, one command after the other on Lettuce's
 * synchronous interface. Of what was told, a crash of Redis forgets up to a second.
 */
final class RedisLine implements Way {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  RedisLine(Servers servers) {
    client = RedisClient.create(RedisURI.create(servers.redisUri()));
    connection = client.connect();
  }

  @Override
  public Answer hold(Hold hold) {
    String line = hold.line().pool().toString();
    String entry = hold.order().toString();
    var redis = connection.sync();
    long number = redis.incr(line);
    redis.zadd(line + ":places", (double) number, entry);
    redis.hset(
        line + ":" + entry,
        Map.of(
            "number",
            Long.toString(number),
            "person",
            hold.claimant().toString(),
            "party",
            hold.answers()));
    return new Answer.Held(hold.order(), List.of(number));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
