package dev.seonchak.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on loopback as a child process.
 *
 * <p>Start, close and the listeners are safe to use from several threads.
 */
public final class EmbeddedPostgres implements EmbeddedServer {
  private static final String USER = "seonchak";
  private static final String PROGRAM = "postgres";

  /** Replaying the log after a crash takes its time, and is not to be cut short. */
  private static final Duration START_MAX = Duration.ofMinutes(5);

  private static final Duration STOP_MAX = Duration.ofSeconds(8);
  private static final int FREE_PORTS_TRIED_MAX = 3;

  private final Folders folders;
  private final Path folder;
  private final Path data;
  private final int fixedPort;
  private final Map<String, String> extra;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  private volatile @Nullable Run run;
  private volatile int port;
  private volatile String password = "";

  /** What belongs to one run of the server. */
  private record Run(FolderLock lock, RunAs runAs, Path binaries, ServerLog log) {}

  private volatile @Nullable ChildProcess child;

  /**
   * @param port the port to use, or 0 for the one of the last run or any free one
   * @param extra settings as in postgresql.conf, over our defaults
   */
  public EmbeddedPostgres(Folders folders, int port, Map<String, String> extra) {
    this.folders =
        new Folders(Disk.dataFolder(folders.data()), folders.binaries().toAbsolutePath());
    this.folder = this.folders.of(Part.POSTGRES);
    this.data = folder.resolve("data");
    this.fixedPort = port;
    this.extra = Map.copyOf(extra);
  }

  @Override
  public Part part() {
    return Part.POSTGRES;
  }

  @Override
  public String name() {
    return "PostgreSQL " + Binaries.POSTGRES_VERSION;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + address() + "/" + database;
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

  /** Creates an empty database; does nothing when there is one of that name. */
  public void createDatabase(String database) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database \"" + database.replace("\"", "\"\"") + "\"");
    } catch (SQLException e) {
      if (!"42P04".equals(e.getSQLState())) {
        throw new IllegalStateException("The database " + database + " could not be created", e);
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl("postgres"), USER, password);
  }

  @Override
  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    try {
      Run ready = prepare();
      run = ready;
      endWhatWasLeftBehind(ready);
      launch(ready);
      checkPassword();
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
    Files.createDirectories(folder);
    FolderLock lock = FolderLock.take(folder);
    try {
      Path binaries = Binaries.postgres(folders);
      RunAs runAs = RunAs.choose(folders);
      Disk.mode(folder, "rwx------");
      runAs.own(folder);
      password = Disk.password(folder.resolve("password"));
      Run prepared = new Run(lock, runAs, binaries, ServerLog.open(folder.resolve("postgres.log")));
      if (!Files.exists(data)) {
        initialize(prepared);
      }
      requireOurMajor();
      return prepared;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void initialize(Run prepared) throws IOException {
    Path unfinished = folder.resolve("data.new");
    Disk.deleteTree(unfinished);
    Path passwordForInit = folder.resolve("password.init");
    Disk.writePrivately(passwordForInit, password + "\n");
    prepared.runAs().own(passwordForInit);
    List<String> command = new ArrayList<>();
    command.add(prepared.binaries().resolve("bin/initdb").toString());
    command.addAll(List.of("-D", unfinished.toString(), "-U", USER));
    command.addAll(List.of("--pwfile", passwordForInit.toString(), "--auth=scram-sha-256"));
    // Sorts by code point, the same on every machine, and fast.
    command.addAll(List.of("--encoding=UTF8", "--locale-provider=builtin"));
    command.addAll(List.of("--builtin-locale=C.UTF-8", "--locale=C"));
    if ("off".equals(extra.get("fsync"))) {
      command.add("--no-sync");
    }
    ChildProcess.Answer answer =
        ChildProcess.run(prepared.runAs().command(command), folder, Duration.ofMinutes(2));
    Files.delete(passwordForInit);
    if (answer.exitCode() != 0) {
      Disk.deleteTree(unfinished);
      throw cannotStart(lastError(answer.output()));
    }
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  static String lastError(String output) {
    return output
        .lines()
        .filter(line -> line.contains("error:") || line.contains("FATAL:"))
        .reduce((first, second) -> second)
        .map(line -> line.replaceFirst("^.*(error|FATAL):\\s*", ""))
        .orElse(output.lines().reduce((first, second) -> second).orElse("it printed nothing"));
  }

  private void requireOurMajor() throws IOException {
    String version = String.valueOf(Disk.readIfThere(data.resolve("PG_VERSION")));
    if (!version.equals(Integer.toString(Binaries.POSTGRES_MAJOR))) {
      throw new CannotStart(
          "The data in %s was written by PostgreSQL %s, and this is PostgreSQL %d."
              .formatted(data, version, Binaries.POSTGRES_MAJOR));
    }
  }

  /** A killed predecessor's server still has the port and the data: it goes first, in order. */
  private void endWhatWasLeftBehind(Run ready) throws IOException {
    for (String mode : List.of("fast", "immediate")) {
      if (LeftBehind.in(data, PROGRAM).isEmpty()) {
        break;
      }
      control(ready, "stop", "-m", mode, "-t", "6", "-w");
      LeftBehind.goneWithin(Duration.ofSeconds(2), data, PROGRAM);
    }
    LeftBehind.kill(LeftBehind.in(data, PROGRAM));
    if (!LeftBehind.goneWithin(Duration.ofSeconds(5), data, PROGRAM)) {
      throw cannotStart("a PostgreSQL of an earlier run does not end");
    }
    // Now the number in it means nobody, or by chance some other program.
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  private void launch(Run ready) throws IOException {
    Path keptPort = folder.resolve("port");
    for (int attempt = 1; ; attempt++) {
      port = Ports.choose(Part.POSTGRES, fixedPort, keptPort);
      Path settings = data.resolve("postgresql.conf");
      Disk.writePrivately(settings, PostgresSettings.text(PostgresSettings.with(port, extra)));
      ready.runAs().own(settings);
      ready.log().mark();
      List<String> command =
          List.of(ready.binaries().resolve("bin/postgres").toString(), "-D", data.toString());
      ChildProcess started =
          ChildProcess.start(ready.runAs().command(command), folder, ready.log().file());
      child = started;
      if (becameReady(started)) {
        started.whenGone(() -> exited(started));
        Ports.keep(keptPort, port);
        return;
      }
      child = null;
      boolean portLost = ready.log().says("could not bind") && fixedPort == 0;
      if (!portLost || attempt == FREE_PORTS_TRIED_MAX) {
        throw cannotStart(ready.log().reason());
      }
      Files.deleteIfExists(keptPort);
    }
  }

  private boolean becameReady(ChildProcess started) {
    Path state = data.resolve("postmaster.pid");
    boolean decided =
        LeftBehind.within(START_MAX, () -> !started.isAlive() || saysReady(state, started.pid()));
    if (!decided) {
      started.kill();
    }
    return decided && started.isAlive();
  }

  /** The file's first line is the process, its eighth what it is doing. */
  private static boolean saysReady(Path state, long pid) {
    try {
      List<String> lines = Files.readAllLines(state);
      return lines.size() >= 8
          && lines.getFirst().strip().equals(Long.toString(pid))
          && lines.get(7).strip().equals("ready");
    } catch (IOException e) {
      return false;
    }
  }

  private void checkPassword() {
    try (Connection connection = connect()) {
      connection.isValid(5);
    } catch (SQLException e) {
      throw new CannotStart(
          "PostgreSQL does not accept the password in %s: %s"
              .formatted(folder.resolve("password"), e.getMessage()),
          e);
    }
  }

  private CannotStart cannotStart(String reason) {
    if (reason.contains("No space left")) {
      return new CannotStart("The disk under " + folders.data() + " is full.");
    }
    return new CannotStart(
        "PostgreSQL does not start: %s (its log is %s)."
            .formatted(reason, folder.resolve("postgres.log")));
  }

  private void exited(ChildProcess gone) {
    if (child == gone) {
      String sentence = "PostgreSQL has ended with exit code " + gone.exitCode() + ".";
      listeners.forEach(listener -> listener.accept(sentence));
    }
  }

  private void control(Run ready, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ready.binaries().resolve("bin/pg_ctl").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-D", data.toString()));
    ChildProcess.run(ready.runAs().command(command), folder, Duration.ofSeconds(15));
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
        stop(ended, running);
      }
    } finally {
      ended.lock().close();
    }
  }

  private void stop(Run ended, ChildProcess running) {
    try {
      for (String mode : List.of("fast", "immediate")) {
        control(ended, "stop", "-m", mode, "-W");
        if (running.gone(STOP_MAX)) {
          return;
        }
      }
      LeftBehind.kill(LeftBehind.in(data, PROGRAM));
      LeftBehind.goneWithin(Duration.ofSeconds(2), data, PROGRAM);
    } catch (IOException e) {
      running.kill();
    }
  }
}
