package dev.seonchak.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one data folder: all of them run, or none.
 *
 * <p>Close may be called from another thread while the servers start.
 */
public final class EmbeddedServers implements AutoCloseable {
  private static final int RESTARTS_MAX = 5;
  private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(10);
  private static final Duration RESTART_AGAIN_IN = Duration.ofSeconds(5);

  private final ServerPlan plan;
  private final Map<Part, EmbeddedServer> servers = new EnumMap<>(Part.class);
  private final List<Start> starts = new ArrayList<>();
  private @Nullable FolderLock lock;
  private final Set<Part> restarting = EnumSet.noneOf(Part.class);
  private final CountDownLatch closing = new CountDownLatch(1);
  private boolean closed;

  /** A server that starts, or has started, on a thread of its own. */
  private record Start(EmbeddedServer server, Thread thread) {
    void cutShort() {
      // An interrupt closes whatever file Kafka is just reading, so that one may finish.
      if (server.part() != Part.KAFKA) {
        thread.interrupt();
      }
    }
  }

  public EmbeddedServers(ServerPlan plan) {
    Folders folders = plan.folders().absolute();
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
   * Looks at the disk before anything is begun.
   *
   * @throws CannotStart when there is too little room on it
   */
  public void requireSpace() {
    Path data = Disk.dataFolder(plan.folders().data());
    boolean kept =
        plan.parts().stream()
            .allMatch(part -> Files.exists(plan.folders().of(part).resolve("data")));
    Disk.requireSpace(data, kept);
  }

  /**
   * Starts all parts side by side and returns when all of them answer. The report is called for
   * each as soon as it does, from one thread at a time.
   *
   * @throws CannotStart when one of them cannot start; the others are stopped again
   */
  public void start(Consumer<PartStarted> report) {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Start> all = new ArrayList<>();
    synchronized (this) {
      if (closed || lock != null) {
        throw new IllegalStateException("These servers were started or closed before");
      }
      Path data = plan.folders().data();
      lock = FolderLock.take(data, data);
      for (EmbeddedServer server : servers.values()) {
        all.add(begin("start-", server, () -> startAndReport(server, report, failures)));
      }
    }
    boolean finished = all.stream().allMatch(start -> joined(start.thread()));
    if (finished && failures.isEmpty()) {
      return;
    }
    close();
    switch (failures.poll()) {
      case CannotStart sentence -> throw sentence;
      case Throwable bug -> throw new IllegalStateException("A server did not start", bug);
      case null -> throw new CannotStart("The start was interrupted.");
    }
  }

  private Start begin(String purpose, EmbeddedServer server, Runnable task) {
    Thread thread = Thread.ofPlatform().name(purpose + server.part().folder()).unstarted(task);
    Start start = new Start(server, thread);
    starts.add(start);
    thread.start();
    return start;
  }

  private static void startAndReport(
      EmbeddedServer server, Consumer<PartStarted> report, Queue<Throwable> failures) {
    try {
      PartStarted started = started(server);
      synchronized (report) {
        report.accept(started);
      }
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }

  private static PartStarted started(EmbeddedServer server) {
    long begin = System.nanoTime();
    server.start();
    double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
    return new PartStarted(server.part(), server.name(), server.address(), seconds);
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

  /**
   * From now on starts a server again that ends without having been closed, or has just done so, on
   * its old port, and tries until that works. One that ends a few times in a short while is left
   * down, since something else must be wrong.
   *
   * @param lost hears one sentence when a server has ended, and why it cannot be started again
   * @param back hears that it runs again
   */
  public void restartWhatEnds(Consumer<String> lost, Consumer<PartStarted> back) {
    for (EmbeddedServer server : servers.values()) {
      Restarts restarts = new Restarts(new ArrayDeque<>());
      server.onExit(sentence -> {
        lost.accept(sentence);
        if (restarts.mayBeOneMore(System.nanoTime())) {
          restart(server, lost, back);
        } else {
          lost.accept(server.name() + " ends again and again, and is left down.");
        }
      });
    }
  }

  /** The times of the last restarts of one server, in nanoseconds. */
  private record Restarts(Deque<Long> times) {
    synchronized boolean mayBeOneMore(long now) {
      times.removeIf(time -> now - time > RESTARTS_WITHIN.toNanos());
      return times.size() < RESTARTS_MAX && times.add(now);
    }
  }

  private synchronized void restart(
      EmbeddedServer server, Consumer<String> lost, Consumer<PartStarted> back) {
    if (!closed && restarting.add(server.part())) {
      begin("restart-", server, () -> bringBack(server, lost, back));
    }
  }

  /** What keeps it down may pass, as a full disk does when somebody makes room. */
  private void bringBack(EmbeddedServer server, Consumer<String> lost, Consumer<PartStarted> back) {
    String told = "";
    do {
      try {
        back.accept(started(server));
      } catch (CannotStart e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(told) && !isClosing(Duration.ZERO)) {
          lost.accept(why);
        }
        told = why;
      }
    } while (!isBack(server) && !isClosing(RESTART_AGAIN_IN));
  }

  private synchronized boolean isBack(EmbeddedServer server) {
    return server.isAlive() && restarting.remove(server.part());
  }

  /** Waits so long at most. */
  private boolean isClosing(Duration wait) {
    try {
      return closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Stops all parts, those that write first. */
  @Override
  public void close() {
    closing.countDown();
    List<Start> begun;
    synchronized (this) {
      closed = true;
      begun = List.copyOf(starts);
    }
    // An interrupt may have brought us here, and must not keep us from waiting for the end.
    boolean interrupted = Thread.interrupted();
    begun.forEach(Start::cutShort);
    begun.forEach(start -> joined(start.thread()));
    synchronized (this) {
      servers.values().forEach(EmbeddedServer::close);
      FolderLock held = lock;
      lock = null;
      if (held != null) {
        held.close();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
