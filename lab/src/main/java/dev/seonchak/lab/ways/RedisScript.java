package dev.seonchak.lab.ways;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The whole decision as one script: stock, limit per person and key in Redis, in memory. */
final class RedisScript implements AutoCloseable {
  private static final String TAKE =
      """
      local before = redis.call('hget', KEYS[3], ARGV[4])
      if before then return before end
      local wanted = tonumber(ARGV[2])
      local pool = redis.call('hmget', KEYS[1], 'capacity', 'taken', 'limit', 'next')
      local units = tonumber(redis.call('hget', KEYS[2], ARGV[1]) or '0')
      if not pool[1] then return 'closed' end
      if units + wanted > tonumber(pool[3]) then return 'limit-reached' end
      if tonumber(pool[2]) + wanted > tonumber(pool[1]) then return 'sold-out' end
      redis.call('hincrby', KEYS[1], 'taken', wanted)
      redis.call('hincrby', KEYS[1], 'next', 1)
      redis.call('hincrby', KEYS[2], ARGV[1], wanted)
      local answer = ARGV[3] .. ' ' .. pool[4]
      redis.call('hset', KEYS[3], ARGV[4], answer)
      return answer
      """;

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisAsyncCommands<String, String> redis;
  private final String digest;

  RedisScript(Servers servers) {
    client = RedisClient.create(RedisURI.create(servers.redisUri()));
    connection = client.connect();
    redis = connection.async();
    digest = connection.sync().scriptLoad(TAKE);
  }

  private static String[] keys(UUID pool) {
    return new String[] {"pool:" + pool, "units:" + pool, "keys:" + pool};
  }

  void begin(PoolRow pool) throws Exception {
    String[] keys = keys(pool.id());
    redis.del(keys).get();
    redis
        .hset(
            keys[0],
            Map.of(
                "capacity", Long.toString(pool.capacity()),
                "taken", Long.toString(pool.taken()),
                "limit", Integer.toString(pool.limit()),
                "next", Long.toString(pool.nextSequence())))
        .get();
  }

  /** Frees Redis's memory of a pool whose round is over. */
  void forget(UUID pool) throws Exception {
    redis.del(keys(pool)).get();
  }

  Answer take(Hold hold) throws Exception {
    Hold.Line line = hold.line();
    String said =
        redis
            .<String>evalsha(
                digest,
                ScriptOutputType.VALUE,
                keys(line.pool()),
                hold.claimant().toString(),
                Integer.toString(line.quantity()),
                hold.order().toString(),
                hold.claimant() + ":" + hold.key())
            .get();
    int space = said.indexOf(' ');
    return space < 0
        ? new Answer.Refused(said)
        : new Answer.Held(
            UUID.fromString(said.substring(0, space)),
            List.of(Long.parseLong(said.substring(space + 1))));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
