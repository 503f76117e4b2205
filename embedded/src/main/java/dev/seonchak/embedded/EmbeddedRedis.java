package dev.seonchak.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Redis on loopback as a child process. */
public final class EmbeddedRedis extends ChildServer {
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  /**
   * @param port the port to use, or 0 for the one of the last run or any free one
   * @param extra settings as in redis.conf, over our defaults
   */
  public EmbeddedRedis(Folders folders, int port, Map<String, String> extra) {
    super(Part.REDIS, folders, port, extra);
  }

  @Override
  public String name() {
    return "Redis " + Binaries.REDIS_VERSION;
  }

  /** Address and password in one, as clients take it. */
  public String uri() {
    return "redis://:" + password() + "@" + address();
  }

  @Override
  Path unpack(Folders folders) throws IOException {
    return Binaries.redis(folders);
  }

  @Override
  String program() {
    return "redis-server";
  }

  @Override
  void prepareData(Run ready) throws IOException {
    Files.createDirectories(data());
    ready.runAs().own(data());
  }

  @Override
  List<String> command(Run ready) throws IOException {
    Path settings = folder().resolve("redis.conf");
    Map<String, String> all = RedisSettings.with(port(), password(), data(), extra());
    Disk.writePrivately(settings, RedisSettings.text(all));
    ready.runAs().own(settings);
    return List.of(ready.binaries().resolve(program()).toString(), settings.toString());
  }

  @Override
  Duration startMax() {
    return Duration.ofMinutes(1);
  }

  @Override
  boolean isReady(ChildProcess started) {
    return RedisWire.answers(port(), password());
  }

  /** Redis is a view of what PostgreSQL knows: an empty one is better than none. */
  @Override
  boolean repair(Run ready) throws IOException {
    boolean damaged =
        ready.log().says("Bad file format reading the append only file")
            || ready.log().says("Unrecoverable error reading the append only file")
            || ready.log().says("The AOF manifest is invalid");
    if (damaged) {
      Disk.deleteTree(data().resolve("appendonlydir"));
    }
    return damaged;
  }

  @Override
  void askToEnd(Run ready, List<Long> pids) {
    for (long pid : pids) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
    LeftBehind.goneWithin(STOP_MAX, data(), program());
  }

  @Override
  void stop(Run ready, ChildProcess running) {
    running.terminate();
    running.gone(STOP_MAX);
  }
}
