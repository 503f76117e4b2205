package dev.seonchak.lab.ways;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * {@code INCR} and nothing else: no limit, no key, no order, nothing on disk. It cannot sell
 * anything; it says how fast a number can be had from Redis over one shared connection.
 */
final class RedisIncr implements Way {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final Increment increment;

  /** Adds one to a counter and waits for what it says then. */
  @FunctionalInterface
  private interface Increment {
    long by(String counter) throws InterruptedException, ExecutionException;
  }

  private RedisIncr(Servers servers, boolean synchronous) {
    client = RedisClient.create(RedisURI.create(servers.redisUri()));
    connection = client.connect();
    var sync = connection.sync();
    var async = connection.async();
    increment = synchronous ? sync::incr : counter -> async.incr(counter).get();
  }

  /** As most people write it, on Lettuce's synchronous interface. */
  static Way synchronous(Servers servers) {
    return new RedisIncr(servers, true);
  }

  /** Sent asynchronously and awaited, which spares the reflection of the synchronous interface. */
  static Way asynchronous(Servers servers) {
    return new RedisIncr(servers, false);
  }

  @Override
  public Answer hold(Hold hold) throws InterruptedException, ExecutionException {
    long number = increment.by(hold.line().pool().toString());
    return new Answer.Held(hold.order(), List.of(number));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
