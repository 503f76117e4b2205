package dev.seonchak.runtime;

import dev.seonchak.embedded.CannotStart;
import dev.seonchak.embedded.EmbeddedServers;
import dev.seonchak.embedded.Folders;
import dev.seonchak.embedded.Part;
import dev.seonchak.embedded.PartStarted;
import dev.seonchak.embedded.ServerPlan;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Redis and Kafka of this process. Those that were not given come up in the background
 * while the platform loads its classes; whoever asks for a server's address waits until that server
 * answers. What ends on its own after that is started again in its old place.
 */
final class Servers implements AutoCloseable {
  private static final String DATABASE = "seonchak";

  private final Options options;
  private final Report report;
  private final Map<Part, CompletableFuture<PartStarted>> started = new EnumMap<>(Part.class);
  private final @Nullable EmbeddedServers embedded;

  Servers(Options options, Report report) {
    this.options = options;
    this.report = report;
    Set<Part> own = EnumSet.noneOf(Part.class);
    if (options.postgres() == null) {
      own.add(Part.POSTGRES);
    }
    if (options.redis() == null) {
      own.add(Part.REDIS);
    }
    if (options.kafka() == null) {
      own.add(Part.KAFKA);
    }
    own.forEach(part -> started.put(part, new CompletableFuture<>()));
    this.embedded =
        own.isEmpty()
            ? null
            : new EmbeddedServers(ServerPlan.all(Folders.in(options.data())).only(own));
  }

  /**
   * Makes sure of the servers that were given, and begins to start the others.
   *
   * @throws CannotStart when a given server does not answer, or the disk is full
   */
  void begin() {
    ExternalServers.check(options, report);
    if (embedded != null) {
      EmbeddedServers servers = embedded;
      servers.requireSpace();
      Thread.ofPlatform().name("start-servers").start(() -> start(servers));
    }
  }

  private void start(EmbeddedServers servers) {
    try {
      servers.start(part -> {
        if (part.part() == Part.POSTGRES) {
          servers.postgres().createDatabase(DATABASE);
        }
        report.ready(part);
        future(part.part()).complete(part);
      });
      servers.restartWhatEnds(report::lost, report::ready);
    } catch (RuntimeException e) {
      started.values().forEach(future -> future.completeExceptionally(e));
    }
  }

  /** Spring's settings that say where the servers are; reading one waits for its server. */
  Map<String, Supplier<String>> addresses() {
    Map<String, Supplier<String>> addresses = new LinkedHashMap<>();
    PostgresAddress postgres = options.postgres();
    if (postgres != null) {
      addresses.put("spring.datasource.url", postgres::jdbcUrl);
      if (!postgres.user().isEmpty()) {
        addresses.put("spring.datasource.username", postgres::user);
        addresses.put("spring.datasource.password", postgres::password);
      }
    } else {
      addresses.put(
          "spring.datasource.url", () -> running(Part.POSTGRES).postgres().jdbcUrl(DATABASE));
      addresses.put("spring.datasource.username", () -> running(Part.POSTGRES).postgres().user());
      addresses.put(
          "spring.datasource.password", () -> running(Part.POSTGRES).postgres().password());
    }
    String redis = options.redis();
    addresses.put(
        "spring.data.redis.url",
        redis != null ? () -> redis : () -> running(Part.REDIS).redis().uri());
    String kafka = options.kafka();
    addresses.put(
        "spring.kafka.bootstrap-servers",
        kafka != null ? () -> kafka : () -> running(Part.KAFKA).kafka().bootstrapServers());
    return addresses;
  }

  private EmbeddedServers running(Part part) {
    if (embedded == null) {
      throw new IllegalStateException(part + " was given");
    }
    try {
      future(part).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof CannotStart sentence ? sentence : e;
    }
    return embedded;
  }

  /** Waits until every server answers. */
  void await() {
    started.keySet().forEach(this::running);
  }

  private CompletableFuture<PartStarted> future(Part part) {
    CompletableFuture<PartStarted> future = started.get(part);
    if (future == null) {
      throw new IllegalStateException(part + " was given");
    }
    return future;
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
