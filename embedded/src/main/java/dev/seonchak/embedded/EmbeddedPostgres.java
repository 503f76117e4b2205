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

/** A real PostgreSQL on loopback as a child process. */
public final class EmbeddedPostgres extends ChildServer {
  private static final String USER = "seonchak";
  private static final Duration INIT_MAX = Duration.ofMinutes(2);
  private static final Duration CONTROL_MAX = Duration.ofSeconds(15);
  private static final Duration STOP_MAX = Duration.ofSeconds(8);

  /**
   * @param port the port to use, or 0 for the one of the last run or any free one
   * @param extra settings as in postgresql.conf, over our defaults
   */
  public EmbeddedPostgres(Folders folders, int port, Map<String, String> extra) {
    super(Part.POSTGRES, folders, port, extra);
  }

  @Override
  public String name() {
    return "PostgreSQL " + Binaries.POSTGRES_VERSION;
  }

  public String user() {
    return USER;
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + address() + "/" + database;
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
    return DriverManager.getConnection(jdbcUrl("postgres"), USER, password());
  }

  @Override
  Path unpack(Folders folders) throws IOException {
    return Binaries.postgres(folders);
  }

  @Override
  String program() {
    return "postgres";
  }

  @Override
  void prepareData(Run ready) throws IOException {
    if (!Files.exists(data())) {
      initialize(ready);
    }
    String version = Disk.readIfThere(data().resolve("PG_VERSION"));
    if (version == null) {
      throw new CannotStart("The folder " + data() + " is damaged: it has no file PG_VERSION.");
    }
    if (!version.equals(Integer.toString(Binaries.POSTGRES_MAJOR))) {
      throw new CannotStart(
          "The data in %s was written by PostgreSQL %s, and this is PostgreSQL %d."
              .formatted(data(), version, Binaries.POSTGRES_MAJOR));
    }
  }

  /** The folder gets its name when it is whole, so a killed initialization does no harm. */
  private void initialize(Run ready) throws IOException {
    Path unfinished = folder().resolve("data.new");
    Disk.deleteTree(unfinished);
    Path passwordFile = folder().resolve("password.init");
    Disk.writePrivately(passwordFile, password() + "\n");
    ready.runAs().own(passwordFile);
    List<String> command = new ArrayList<>();
    command.add(ready.binaries().resolve("bin/initdb").toString());
    command.addAll(List.of("-D", unfinished.toString(), "-U", USER));
    command.addAll(List.of("--pwfile", passwordFile.toString(), "--auth=scram-sha-256"));
    // Sorts by code point, the same on every machine, and fast.
    command.addAll(List.of("--encoding=UTF8", "--locale-provider=builtin"));
    command.addAll(List.of("--builtin-locale=C.UTF-8", "--locale=C"));
    if ("off".equals(extra().get("fsync"))) {
      command.add("--no-sync");
    }
    ChildProcess.Answer answer = runInit(ready.runAs(), command);
    if (answer.output().contains("could not look up effective user ID")) {
      // It wants a name for its user, and a container may have none. In a user namespace the name
      // is nobody, while the files still belong to the same user.
      answer = runInit(RunAs.UNSHARED, command);
    }
    Files.delete(passwordFile);
    if (answer.exitCode() != 0) {
      Disk.deleteTree(unfinished);
      throw cannotStart(firstError(answer.output()));
    }
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private ChildProcess.Answer runInit(RunAs runAs, List<String> command) throws IOException {
    return ChildProcess.run(runAs.command(command), folder(), INIT_MAX);
  }

  static String firstError(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.contains("error:") || line.contains("FATAL:"))
        .map(line -> line.replaceFirst("^.*?(error|FATAL):\\s*", ""))
        .findFirst()
        .orElse(lines.isEmpty() ? "it printed nothing" : lines.getLast());
  }

  @Override
  List<String> command(Run ready) throws IOException {
    // Nobody works here any more, so the number in it is nobody's, or by chance another program's.
    Files.deleteIfExists(data().resolve("postmaster.pid"));
    Path settings = data().resolve("postgresql.conf");
    Disk.writePrivately(settings, PostgresSettings.text(PostgresSettings.with(port(), extra())));
    ready.runAs().own(settings);
    return List.of(ready.binaries().resolve("bin/postgres").toString(), "-D", data().toString());
  }

  /** Replaying the log after a crash takes its time, and must not be cut short. */
  @Override
  Duration startMax() {
    return Duration.ofMinutes(5);
  }

  /** In postmaster.pid the first line is the process, the eighth what it is doing. */
  @Override
  boolean isReady(ChildProcess started) {
    List<String> lines = state();
    return lines.size() >= 8
        && mainProcess() == started.pid()
        && lines.get(7).strip().equals("ready");
  }

  private long mainProcess() {
    List<String> lines = state();
    String first = lines.isEmpty() ? "" : lines.getFirst().strip();
    return first.matches("[0-9]{1,18}") ? Long.parseLong(first) : 0;
  }

  private List<String> state() {
    try {
      return Files.readAllLines(data().resolve("postmaster.pid"));
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  void check() {
    try (Connection connection = connect()) {
      connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new CannotStart(
          "PostgreSQL does not accept the password in %s: %s"
              .formatted(folder().resolve("password"), e.getMessage()),
          e);
    }
  }

  @Override
  void askToEnd(Run ready, List<Long> pids) throws IOException {
    // Without the first process nobody is there to be asked, and the others have nothing to save.
    if (!pids.contains(mainProcess())) {
      return;
    }
    for (String mode : List.of("fast", "immediate")) {
      control(ready, mode);
      if (LeftBehind.goneWithin(STOP_MAX, data(), program())) {
        return;
      }
    }
  }

  @Override
  void stop(Run ready, ChildProcess running) throws IOException {
    for (String mode : List.of("fast", "immediate")) {
      control(ready, mode);
      if (running.gone(STOP_MAX)) {
        return;
      }
    }
  }

  /** SIGTERM would wait for clients to leave; these two modes do not. */
  private void control(Run ready, String mode) throws IOException {
    List<String> command =
        List.of(
            ready.binaries().resolve("bin/pg_ctl").toString(),
            "stop",
            "-W",
            "-m",
            mode,
            "-D",
            data().toString());
    ChildProcess.run(ready.runAs().command(command), folder(), CONTROL_MAX);
  }
}
