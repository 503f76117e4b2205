package dev.seonchak.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka on loopback, broker and controller in this JVM.
 *
 * <p>Start, close and the listeners are safe to use from several threads.
 */
public final class EmbeddedKafka implements EmbeddedServer {
  private static final Set<EmbeddedKafka> RUNNING = ConcurrentHashMap.newKeySet();

  private static final int ATTEMPTS_MAX = 3;
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  static {
    // A broker in trouble would end the whole process, and the shop with it.
    Exit.setExitProcedure(EmbeddedKafka::brokerGivesUp);
    Exit.setHaltProcedure(EmbeddedKafka::brokerGivesUp);
  }

  private final Folders folders;
  private final Path folder;
  private final Path logs;
  private final int fixedPort;
  private final Map<String, String> extra;
  private final Exits exits = new Exits();

  private @Nullable FolderLock lock;
  private @Nullable KafkaRaftServer server;
  private volatile boolean alive;
  private volatile int port;

  /**
   * @param port the port to use, or 0 for the one of the last run or any free one
   * @param extra settings as in server.properties, over our defaults
   */
  public EmbeddedKafka(Folders folders, int port, Map<String, String> extra) {
    this.folders = folders.absolute();
    this.folder = this.folders.of(Part.KAFKA);
    this.logs = folder.resolve("data");
    this.fixedPort = port;
    this.extra = Map.copyOf(extra);
  }

  private static void brokerGivesUp(int status, @Nullable String message) {
    String sentence =
        "Kafka has given up with status %d%s."
            .formatted(status, message == null ? "" : ": " + message);
    for (EmbeddedKafka broker : RUNNING) {
      if (broker.alive) {
        broker.alive = false;
        broker.exits.tell(sentence);
      }
    }
    // Kafka expects never to come back from here.
    throw new IllegalStateException(sentence);
  }

  @Override
  public Part part() {
    return Part.KAFKA;
  }

  @Override
  public String name() {
    return "Kafka " + AppInfoParser.getVersion();
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public String bootstrapServers() {
    return address();
  }

  @Override
  public boolean isAlive() {
    return alive;
  }

  @Override
  public void onExit(Consumer<String> listener) {
    exits.listen(listener);
  }

  @Override
  public synchronized void start() {
    if (alive) {
      return;
    }
    close();
    Disk.requireSpace(folders.data(), Files.exists(logs));
    try {
      Files.createDirectories(folder);
      Disk.mode(folder, "rwx------");
      lock = FolderLock.take(folder, folders.data());
      format();
      launchOnSomePort();
    } catch (IOException e) {
      close();
      throw Disk.cannotWrite(folders.data(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Prepares an empty folder; one that a killed run left half prepared is prepared again. */
  private void format() throws IOException {
    if (Files.exists(logs.resolve("meta.properties"))) {
      return;
    }
    Disk.deleteTree(logs);
    Files.createDirectories(logs);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      new Formatter()
          .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
          .setNodeId(KafkaSettings.NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(logs.toString())
          .setMetadataLogDirectory(logs.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw cannotStart(e);
    }
  }

  private void launchOnSomePort() throws IOException {
    Path keptPort = folder.resolve("port");
    for (int attempt = 1; ; attempt++) {
      port = Ports.choose(Part.KAFKA, fixedPort, keptPort);
      try {
        launch();
        Ports.keep(keptPort, port);
        return;
      } catch (CannotStart e) {
        // Somebody may take a port between our look at it and the broker's.
        if (attempt == ATTEMPTS_MAX || !(rootOf(e) instanceof BindException)) {
          throw e;
        }
        shutdown();
      }
    }
  }

  private void launch() {
    Properties properties = new Properties();
    properties.putAll(KafkaSettings.with(port, Ports.free(), logs, extra));
    // Kafka finds its classes through the thread's class loader, which on a foreign thread may not
    // be the application's.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(EmbeddedKafka.class.getClassLoader());
    try {
      KafkaRaftServer starting =
          new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
      server = starting;
      RUNNING.add(this);
      alive = true;
      starting.startup();
      if (!alive) {
        throw new CannotStart("Kafka does not start: it gave up.");
      }
    } catch (CannotStart e) {
      throw e;
    } catch (Exception e) {
      throw cannotStart(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private CannotStart cannotStart(Throwable cause) {
    Throwable root = rootOf(cause);
    if (root instanceof IOException e && String.valueOf(e.getMessage()).contains("No space left")) {
      return Disk.cannotWrite(folders.data(), e);
    }
    return new CannotStart("Kafka does not start: " + root.getMessage() + ".", cause);
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable next = thrown; next != null; next = next.getCause()) {
      root = next;
    }
    return root;
  }

  @Override
  public synchronized void close() {
    // An interrupt may have brought us here, and must not keep us from waiting for the end.
    boolean interrupted = Thread.interrupted();
    try {
      shutdown();
    } finally {
      FolderLock held = lock;
      lock = null;
      if (held != null) {
        held.close();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void shutdown() {
    alive = false;
    exits.forget();
    RUNNING.remove(this);
    KafkaRaftServer running = server;
    server = null;
    if (running != null) {
      stop(running);
    }
  }

  /**
   * A broker that has given up may never come to its end, so it is not waited for without bound.
   */
  private static void stop(KafkaRaftServer running) {
    Thread stopping =
        Thread.ofPlatform()
            .daemon()
            .name("stop-kafka")
            .start(() -> {
              running.shutdown();
              running.awaitShutdown();
            });
    try {
      stopping.join(STOP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
