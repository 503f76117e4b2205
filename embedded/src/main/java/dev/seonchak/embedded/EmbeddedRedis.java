package dev.seonchak.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis on loopback as a child process.
 *
 * <p>Start, close and the listeners are safe to use from several threads.
 */
public final class EmbeddedRedis implements EmbeddedServer {
  private static final String PROGRAM = "redis-server";
  private static final Duration START_MAX = Duration.ofMinutes(1);
  private static final Duration STOP_MAX = Duration.ofSeconds(5);
  private static final int ATTEMPTS_MAX = 3;

  private final Folders folders;
  private final Path folder;
  private final Path data;
  private final int fixedPort;
  private final Map<String, String> extra;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  private volatile @Nullable Run run;
  private volatile @Nullable ChildProcess child;
  private volatile int port;
  private volatile String password = "";

  /** What belongs to one run of the server. */
  private record Run(FolderLock lock, RunAs runAs, Path program, ServerLog log) {}

  /**
   * @param port the port to use, or 0 for the one of the last run or any free one
   * @param extra settings as in redis.conf, over our defaults
   */
  public EmbeddedRedis(Folders folders, int port, Map<String, String> extra) {
    this.folders =
        new Folders(Disk.dataFolder(folders.data()), folders.binaries().toAbsolutePath());
    this.folder = this.folders.of(Part.REDIS);
    this.data = folder.resolve("data");
    this.fixedPort = port;
    this.extra = Map.copyOf(extra);
  }

  @Override
  public Part part() {
    return Part.REDIS;
  }

  @Override
  public String name() {
    return "Redis " + Binaries.REDIS_VERSION;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public String password() {
    return password;
  }

  /** Address and password in one, as clients take it. */
  public String uri() {
    return "redis://:" + password + "@" + address();
  }

  @Override
  public boolean isAlive() {
    ChildProcess running = child;
    return running != null && running.isAlive();
  }

  @Override
  public void onExit(Consumer<String> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    try {
      Run ready = prepare();
      run = ready;
      endWhatWasLeftBehind();
      launch(ready);
    } catch (IOException e) {
      close();
      throw Disk.cannotWrite(folders.data(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Run prepare() throws IOException {
    Run before = run;
    if (before != null) {
      return before;
    }
    Binaries.requirePlatform();
    Disk.requireSpace(folders.data(), Files.exists(data));
    Files.createDirectories(data);
    FolderLock lock = FolderLock.take(folder);
    try {
      Path program = Binaries.redis(folders);
      RunAs runAs = RunAs.choose(folders);
      Disk.mode(folder, "rwx------");
      runAs.own(folder);
      runAs.own(data);
      password = Disk.password(folder.resolve("password"));
      return new Run(lock, runAs, program, ServerLog.open(folder.resolve("redis.log")));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A killed predecessor's server still has the port and the data: it goes first, in order. */
  private void endWhatWasLeftBehind() throws IOException {
    for (long pid : LeftBehind.in(data, PROGRAM)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
    if (!LeftBehind.goneWithin(STOP_MAX, data, PROGRAM)) {
      LeftBehind.kill(LeftBehind.in(data, PROGRAM));
      if (!LeftBehind.goneWithin(STOP_MAX, data, PROGRAM)) {
        throw new CannotStart("A Redis of an earlier run does not end.");
      }
    }
  }

  private void launch(Run ready) throws IOException {
    Path keptPort = folder.resolve("port");
    for (int attempt = 1; ; attempt++) {
      port = Ports.choose(Part.REDIS, fixedPort, keptPort);
      Path settings = folder.resolve("redis.conf");
      Disk.writePrivately(
          settings, RedisSettings.text(RedisSettings.with(port, password, data, extra)));
      ready.runAs().own(settings);
      ready.log().mark();
      List<String> command = List.of(ready.program().toString(), settings.toString());
      ChildProcess started =
          ChildProcess.start(ready.runAs().command(command), data, ready.log().file());
      child = started;
      if (becameReady(started)) {
        started.whenGone(() -> exited(started));
        Ports.keep(keptPort, port);
        return;
      }
      child = null;
      if (attempt == ATTEMPTS_MAX || !repaired(ready, keptPort)) {
        throw cannotStart(ready);
      }
    }
  }

  private boolean becameReady(ChildProcess started) {
    boolean decided =
        LeftBehind.within(START_MAX, () -> !started.isAlive() || RedisWire.answers(port, password));
    if (!decided) {
      started.kill();
    }
    return decided && started.isAlive();
  }

  /** Does something about the reason for which Redis did not start; false when there is nothing. */
  private boolean repaired(Run ready, Path keptPort) throws IOException {
    if (ready.log().says("Address already in use") && fixedPort == 0) {
      Files.deleteIfExists(keptPort);
      return true;
    }
    boolean damaged =
        ready.log().says("Bad file format reading the append only file")
            || ready.log().says("Unrecoverable error reading the append only file");
    if (damaged) {
      // Redis is a view of what PostgreSQL knows: an empty one is better than none.
      Disk.deleteTree(data.resolve("appendonlydir"));
    }
    return damaged;
  }

  private CannotStart cannotStart(Run ready) {
    if (ready.log().says("No space left")) {
      return new CannotStart("The disk under " + folders.data() + " is full.");
    }
    return new CannotStart(
        "Redis does not start: %s (its log is %s)."
            .formatted(ready.log().reason(), ready.log().file()));
  }

  private void exited(ChildProcess gone) {
    if (child == gone) {
      String sentence = "Redis has ended with exit code " + gone.exitCode() + ".";
      listeners.forEach(listener -> listener.accept(sentence));
    }
  }

  @Override
  public synchronized void close() {
    ChildProcess running = child;
    child = null;
    Run ended = run;
    run = null;
    if (ended == null) {
      return;
    }
    try {
      if (running != null && running.isAlive()) {
        running.terminate();
        if (!running.gone(STOP_MAX)) {
          running.kill();
          running.gone(STOP_MAX);
        }
      }
    } finally {
      ended.lock().close();
    }
  }
}
