package dev.seonchak.lab.ways;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * {@code INCR} and nothing else: no limit, no key, no order, nothing on disk. It cannot sell
 * anything; it says how fast a number can be had from Redis over one shared connection.
 *
 * <p>The command is sent asynchronously and awaited, which spares the reflection of Lettuce's
 * synchronous interface.
 */
final class RedisIncr implements Way {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisAsyncCommands<String, String> commands;

  RedisIncr(Servers servers) {
    client = RedisClient.create(RedisURI.create(servers.redisUri()));
    connection = client.connect();
    commands = connection.async();
  }

  @Override
  public Answer hold(Hold hold) throws InterruptedException, ExecutionException {
    long number = commands.incr(hold.line().pool().toString()).get();
    return new Answer.Held(hold.order(), List.of(number));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
