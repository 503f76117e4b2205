package dev.seonchak.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs as a child process: what PostgreSQL and Redis have in common.
 *
 * <p>Safe to use from several threads.
 */
abstract sealed class ChildServer implements EmbeddedServer
    permits EmbeddedPostgres, EmbeddedRedis {
  private static final Duration KILLED_IS_GONE_MAX = Duration.ofSeconds(20);
  private static final int ATTEMPTS_MAX = 3;

  private final Part part;
  private final Folders folders;
  private final Path folder;
  private final Path data;
  private final int fixedPort;
  private final Map<String, String> extra;
  private final Exits exits = new Exits();

  private @Nullable Run run;
  private volatile @Nullable ChildProcess child;
  private volatile int port;
  private volatile String password = "";

  /**
   * What stays the same while this server is ours.
   *
   * @param binaries the unpacked folder with the server's programs
   */
  record Run(FolderLock lock, RunAs runAs, Path binaries, ServerLog log) {}

  ChildServer(Part part, Folders folders, int port, Map<String, String> extra) {
    this.part = part;
    this.folders = folders.absolute();
    this.folder = this.folders.of(part);
    this.data = folder.resolve("data");
    this.fixedPort = port;
    this.extra = Map.copyOf(extra);
  }

  /** Unpacks the programs and answers with their folder. */
  abstract Path unpack(Folders folders) throws IOException;

  /** The name of the program as the kernel knows it. */
  abstract String program();

  /** Makes the data folder if there is none, and refuses one that is not ours to open. */
  abstract void prepareData(Run ready) throws IOException;

  /** Writes the settings and answers with the command that reads them. */
  abstract List<String> command(Run ready) throws IOException;

  abstract boolean isReady(ChildProcess started);

  /** How long a start may take before it counts as failed. */
  abstract Duration startMax();

  /** Asks processes that work in our folder, but are not our child, to end in order. */
  abstract void askToEnd(Run ready, List<Long> pids) throws IOException;

  /** Stops our own child in order, and waits for it for a while. */
  abstract void stop(Run ready, ChildProcess running) throws IOException;

  /** Removes the reason for which the server did not start; false when there is nothing to do. */
  boolean repair(Run ready) throws IOException {
    return false;
  }

  /** A last look at a server that has started. */
  void check() {}

  @Override
  public Part part() {
    return part;
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

  Path folder() {
    return folder;
  }

  Path data() {
    return data;
  }

  Map<String, String> extra() {
    return extra;
  }

  @Override
  public boolean isAlive() {
    ChildProcess running = child;
    return running != null && running.isAlive();
  }

  @Override
  public void onExit(Consumer<String> listener) {
    exits.listen(listener);
  }

  @Override
  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    exits.forget();
    try {
      Run ready = run;
      if (ready == null) {
        ready = prepare();
        run = ready;
      }
      endWhatWasLeftBehind(ready);
      launch(ready);
      check();
    } catch (IOException e) {
      close();
      throw Disk.cannotWrite(folders.data(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Run prepare() throws IOException {
    Binaries.requirePlatform();
    Disk.dataFolder(folders.data());
    Disk.requireSpace(folders.data(), Files.exists(data));
    Files.createDirectories(folder);
    FolderLock lock = FolderLock.take(folder, folders.data());
    try {
      Path binaries = unpack(folders);
      RunAs runAs = RunAs.choose(folders);
      Disk.mode(folder, "rwx------");
      runAs.own(folder);
      password = Disk.password(folder.resolve("password"));
      ServerLog log = ServerLog.open(folder.resolve(part.folder() + ".log"));
      Run prepared = new Run(lock, runAs, binaries, log);
      prepareData(prepared);
      return prepared;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A killed predecessor's server still has the port and the data: it goes first. */
  private void endWhatWasLeftBehind(Run ready) throws IOException {
    List<Long> pids = LeftBehind.in(data, program());
    if (!pids.isEmpty()) {
      askToEnd(ready, pids);
    }
    LeftBehind.kill(LeftBehind.in(data, program()));
    if (!LeftBehind.goneWithin(KILLED_IS_GONE_MAX, data, program())) {
      throw new CannotStart("A " + name() + " of an earlier run does not end.");
    }
  }

  private void launch(Run ready) throws IOException {
    Path keptPort = folder.resolve("port");
    for (int attempt = 1; ; attempt++) {
      port = Ports.choose(part, fixedPort, keptPort);
      List<String> command = ready.runAs().command(command(ready));
      ready.log().mark();
      ChildProcess started = ChildProcess.start(command, data, ready.log().file());
      child = started;
      if (becameReady(started)) {
        Ports.keep(keptPort, port);
        started.whenGone(() -> exited(started));
        return;
      }
      child = null;
      boolean portLost = fixedPort == 0 && !Ports.isFree(port);
      if (attempt == ATTEMPTS_MAX || !(portLost || repair(ready))) {
        throw cannotStart(ready.log().reason());
      }
      Files.deleteIfExists(keptPort);
    }
  }

  private boolean becameReady(ChildProcess started) {
    boolean decided = LeftBehind.within(startMax(), () -> !started.isAlive() || isReady(started));
    if (!decided) {
      started.kill();
      started.gone(KILLED_IS_GONE_MAX);
    }
    return decided && started.isAlive();
  }

  CannotStart cannotStart(String reason) {
    if (reason.contains("No space left")) {
      return new CannotStart("The disk under " + folders.data() + " is full.");
    }
    return new CannotStart(
        "%s does not start: %s (its log is %s)."
            .formatted(name(), reason, folder.resolve(part.folder() + ".log")));
  }

  private void exited(ChildProcess gone) {
    if (child == gone) {
      String sentence = name() + " has ended with exit code " + gone.exitCode() + ".";
      exits.tell(sentence);
    }
  }

  @Override
  public synchronized void close() {
    ChildProcess running = child;
    child = null;
    exits.forget();
    Run ended = run;
    run = null;
    if (ended == null) {
      return;
    }
    // An interrupt may have brought us here, and must not keep us from waiting for the end.
    boolean interrupted = Thread.interrupted();
    try {
      if (running != null && running.isAlive()) {
        end(ended, running);
      }
    } finally {
      ended.lock().close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void end(Run ended, ChildProcess running) {
    try {
      stop(ended, running);
      if (running.isAlive()) {
        running.kill();
        running.gone(KILLED_IS_GONE_MAX);
      }
      LeftBehind.kill(LeftBehind.in(data, program()));
    } catch (IOException e) {
      running.kill();
    }
  }
}
