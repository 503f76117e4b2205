package dev.seonchak.lab;

import dev.seonchak.embedded.CannotStart;
import dev.seonchak.embedded.EmbeddedServers;
import dev.seonchak.embedded.Folders;
import dev.seonchak.embedded.Part;
import dev.seonchak.embedded.ServerPlan;
import dev.seonchak.lab.ways.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Real servers of a run's own, in a folder of its own that goes away with it: PostgreSQL with the
 * platform's settings, fsync on among them, but more connections, and Redis.
 */
public final class Stand implements AutoCloseable {
  private final Path folder;
  private final EmbeddedServers servers;
  private final Set<Part> parts;

  private Stand(Path folder, EmbeddedServers servers, Set<Part> parts) {
    this.folder = folder;
    this.servers = servers;
    this.parts = parts;
  }

  /**
   * @param parent where the run's folder is made; on a real disk, since what is measured ends there
   * @param postgresSettings over the platform's own, for looking closer; empty for figures
   */
  public static Stand start(Path parent, Map<String, String> postgresSettings) throws IOException {
    return start(parent, postgresSettings, Set.of(Part.POSTGRES, Part.REDIS));
  }

  /**
   * With other servers, too.
   *
   * @param parts which of them
   */
  static Stand start(Path parent, Map<String, String> postgresSettings, Set<Part> parts)
      throws IOException {
    if (Files.getFileStore(parent).type().equals("tmpfs")) {
      throw new CannotStart(
          parent + " is in memory, where fsync costs nothing: choose a disk with --data.");
    }
    Path folder = Files.createTempDirectory(parent, "seonchak-lab-");
    // A server that may not run as root must be able to reach its own folder below.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    ServerPlan plan =
        ServerPlan.all(Folders.in(folder))
            .only(parts)
            .withSettings(Part.POSTGRES, withRoom(postgresSettings));
    EmbeddedServers servers = new EmbeddedServers(plan);
    Stand stand = new Stand(folder, servers, parts);
    // Whoever ends the run with Ctrl-C finds neither servers nor files left.
    Runtime.getRuntime().addShutdownHook(new Thread(stand::close, "close-stand"));
    try {
      servers.start(part -> Progress.say(part.name() + " at " + part.address()));
    } catch (RuntimeException e) {
      stand.close();
      throw e;
    }
    return stand;
  }

  /** All ways keep their connections between their rounds. */
  private static Map<String, String> withRoom(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("max_connections", "400");
    return all;
  }

  /** A database with the platform's own tables. */
  public Servers database(String name) {
    servers.postgres().createDatabase(name);
    Servers made =
        new Servers(
            servers.postgres().jdbcUrl(name),
            servers.postgres().user(),
            servers.postgres().password(),
            servers.redis().uri(),
            parts.contains(Part.KAFKA) ? servers.kafka().bootstrapServers() : "");
    Flyway.configure()
        .dataSource(made.jdbcUrl(), made.user(), made.password())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return made;
  }

  /** Names and versions, for the result. */
  public List<String> versions() {
    List<String> versions = new ArrayList<>();
    versions.add(servers.postgres().name());
    versions.add(servers.redis().name());
    if (parts.contains(Part.KAFKA)) {
      versions.add(servers.kafka().name());
    }
    return versions;
  }

  /** A connection for preparing and checking. */
  public static Connection connect(Servers servers) throws SQLException {
    return DriverManager.getConnection(servers.jdbcUrl(), servers.user(), servers.password());
  }

  @Override
  public synchronized void close() {
    servers.close();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("The folder " + folder + " could not be deleted: " + e.getMessage());
    }
  }
}
