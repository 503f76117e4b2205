package dev.seonchak.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same real servers for tests: each is started at its first use, once in a test run, in a
 * temporary folder that goes away with the JVM. PostgreSQL does without fsync here, so nothing that
 * is measured or that survives a power cut may be tested on it.
 */
public final class TestServers {
  private static final Map<Part, EmbeddedServer> RUNNING = new EnumMap<>(Part.class);
  private static final List<Path> TEMPORARY = new ArrayList<>();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestServers() {}

  /** An empty database of its own for a test class. */
  public record Database(String name, String jdbcUrl, String user, String password) {}

  public static Database freshDatabase() {
    EmbeddedPostgres server = postgres();
    String name = "test_" + DATABASES.incrementAndGet();
    server.createDatabase(name);
    return new Database(name, server.jdbcUrl(name), server.user(), server.password());
  }

  public static synchronized EmbeddedPostgres postgres() {
    return (EmbeddedPostgres)
        RUNNING.computeIfAbsent(
            Part.POSTGRES,
            part ->
                started(
                    new EmbeddedPostgres(
                        folders(), 0, Map.of("fsync", "off", "max_connections", "200"))));
  }

  public static synchronized EmbeddedRedis redis() {
    return (EmbeddedRedis)
        RUNNING.computeIfAbsent(
            Part.REDIS, part -> started(new EmbeddedRedis(folders(), 0, Map.of())));
  }

  public static synchronized EmbeddedKafka kafka() {
    return (EmbeddedKafka)
        RUNNING.computeIfAbsent(
            Part.KAFKA, part -> started(new EmbeddedKafka(folders(), 0, Map.of())));
  }

  private static EmbeddedServer started(EmbeddedServer server) {
    server.start();
    return server;
  }

  private static Folders folders() {
    try {
      if (TEMPORARY.isEmpty()) {
        Path data = Files.createTempDirectory("seonchak-test-");
        if (RunAs.isRoot()) {
          Disk.mode(data, "rwx--x--x");
        }
        TEMPORARY.add(data);
        Runtime.getRuntime().addShutdownHook(new Thread(TestServers::stop, "stop-test-servers"));
      }
      Path data = TEMPORARY.getFirst();
      // Maven's build folder keeps the unpacked servers from run to run.
      Path built = Path.of("target").toAbsolutePath();
      return new Folders(
          data, Files.isDirectory(built) ? built.resolve("servers") : data.resolve("servers"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized void stop() {
    RUNNING.values().forEach(EmbeddedServer::close);
    for (Path folder : TEMPORARY) {
      try {
        Disk.deleteTree(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
