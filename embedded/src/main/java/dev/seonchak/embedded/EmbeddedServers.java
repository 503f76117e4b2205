package dev.seonchak.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one data folder: all of them run, or none.
 *
 * <p>Close may be called from another thread while the servers start.
 */
public final class EmbeddedServers implements AutoCloseable {
  private final ServerPlan plan;
  private final Map<Part, EmbeddedServer> servers = new EnumMap<>(Part.class);
  private final List<Thread> starting = new ArrayList<>();
  private @Nullable FolderLock lock;
  private boolean closed;

  public EmbeddedServers(ServerPlan plan) {
    Folders folders =
        new Folders(Disk.dataFolder(plan.folders().data()), plan.folders().binaries());
    this.plan = new ServerPlan(folders, plan.parts(), plan.ports(), plan.settings());
    for (Part part : plan.parts()) {
      servers.put(part, create(part));
    }
  }

  private EmbeddedServer create(Part part) {
    Folders folders = plan.folders();
    int port = plan.port(part);
    Map<String, String> settings = plan.settings(part);
    return switch (part) {
      case POSTGRES -> new EmbeddedPostgres(folders, port, settings);
      case REDIS -> new EmbeddedRedis(folders, port, settings);
      case KAFKA -> new EmbeddedKafka(folders, port, settings);
    };
  }

  /**
   * Starts all parts side by side and returns when all of them answer. The report is called for
   * each as soon as it does, from one thread at a time.
   *
   * @throws CannotStart when one of them cannot start; the others are stopped again
   */
  public void start(Consumer<PartStarted> report) {
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("These servers were closed");
      }
      lock = FolderLock.take(plan.folders().data());
      servers.values().forEach(server -> threads.add(starter(server, report, failures)));
      starting.addAll(threads);
      threads.forEach(Thread::start);
    }
    boolean all = threads.stream().allMatch(EmbeddedServers::joined);
    if (all && failures.isEmpty()) {
      return;
    }
    close();
    switch (failures.poll()) {
      case CannotStart sentence -> throw sentence;
      case Throwable bug -> throw new IllegalStateException("A server did not start", bug);
      case null -> throw new CannotStart("The start was interrupted.");
    }
  }

  private Thread starter(
      EmbeddedServer server,
      Consumer<PartStarted> report,
      ConcurrentLinkedQueue<Throwable> failures) {
    return Thread.ofPlatform()
        .name("start-" + server.part().folder())
        .unstarted(() -> {
          long begin = System.nanoTime();
          try {
            server.start();
            double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
            synchronized (report) {
              report.accept(
                  new PartStarted(server.part(), server.name(), server.address(), seconds));
            }
          } catch (RuntimeException e) {
            failures.add(e);
          }
        });
  }

  private static boolean joined(Thread thread) {
    try {
      thread.join();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public EmbeddedPostgres postgres() {
    return (EmbeddedPostgres) get(Part.POSTGRES);
  }

  public EmbeddedRedis redis() {
    return (EmbeddedRedis) get(Part.REDIS);
  }

  public EmbeddedKafka kafka() {
    return (EmbeddedKafka) get(Part.KAFKA);
  }

  private EmbeddedServer get(Part part) {
    EmbeddedServer server = servers.get(part);
    if (server == null) {
      throw new IllegalStateException(part + " is not among the parts of this plan");
    }
    return server;
  }

  /** Calls the listener whenever a server ends without having been closed. */
  public void onExit(Consumer<String> listener) {
    servers.values().forEach(server -> server.onExit(listener));
  }

  /** Stops all parts, those that write first. */
  @Override
  public void close() {
    List<Thread> threads;
    synchronized (this) {
      closed = true;
      threads = List.copyOf(starting);
    }
    threads.forEach(Thread::interrupt);
    threads.forEach(EmbeddedServers::joined);
    synchronized (this) {
      servers.values().forEach(EmbeddedServer::close);
      FolderLock held = lock;
      lock = null;
      if (held != null) {
        held.close();
      }
    }
  }
}
