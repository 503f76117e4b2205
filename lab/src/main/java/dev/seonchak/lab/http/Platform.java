package dev.seonchak.lab.http;

import dev.seonchak.embedded.CannotStart;
import dev.seonchak.lab.load.Cost;
import dev.seonchak.lab.processes.Child;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform as it was built and as the launcher starts it, with a data folder and ports of its
 * own, and with the empty request that only exists for measuring.
 */
final class Platform implements AutoCloseable {
  /** What the platform, and the bare application after its example, says at last. */
  static final Pattern READY = Pattern.compile("ready http://localhost:(\\d+)");

  private static final String DATABASE = "seonchak";

  private final Child child;
  private final Path data;
  private final int port;

  private Platform(Child child, Path data, int port) {
    this.child = child;
    this.data = data;
    this.port = port;
  }

  /**
   * @param app the module's folder, in which the jar was built
   * @param folder for data and log
   */
  static Platform start(Path app, Path folder) throws IOException {
    return start(UnaryOperator.identity(), app, folder);
  }

  /**
   * @param around what becomes of the command that starts it
   */
  static Platform start(UnaryOperator<List<String>> around, Path app, Path folder)
      throws IOException {
    Path data = folder.resolve("data");
    Path extracted = app.resolve("target/run/seonchak.jar");
    Path cache = app.resolve("target/run/seonchak.aot");
    Child child =
        Child.server(
            around,
            Files.exists(extracted) ? extracted : built(app.resolve("target")),
            Files.exists(extracted) && Files.exists(cache)
                ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
                : List.of(),
            List.of("--port", "0", "--data", data.toString(), "--seonchak.measure=true"),
            folder.resolve("platform.log"));
    try {
      Matcher ready = child.await(READY);
      return new Platform(child, data, Integer.parseInt(ready.group(1)));
    } catch (IOException e) {
      child.close();
      throw new CannotStart(
          "The platform did not start: " + Files.readString(folder.resolve("platform.log")).strip(),
          e);
    }
  }

  private static Path built(Path target) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-exec.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new CannotStart("There is no built jar in " + target + ": build first.");
  }

  int port() {
    return port;
  }

  /** A connection to the database that it brought along. */
  Connection connect() throws IOException, SQLException {
    Path folder = data.resolve("postgres");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:"
            + Files.readString(folder.resolve("port")).strip()
            + "/"
            + DATABASE,
        "seonchak",
        Files.readString(folder.resolve("password")).strip());
  }

  /** The version of that database. */
  String database() throws IOException, SQLException {
    try (Connection connection = connect()) {
      return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
    }
  }

  /** The process, whose children are its servers. */
  ProcessHandle process() {
    return child.handle();
  }

  /** What it costs from now on; its servers are PostgreSQL and Redis, Kafka runs in its JVM. */
  Cost cost() {
    return child.cost();
  }

  @Override
  public void close() {
    child.close();
  }
}
