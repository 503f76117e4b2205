package dev.seonchak.payments;

import dev.seonchak.embedded.TestServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The built jar as a process of its own, on the test servers and a database that outlives it. */
final class JarNode implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready (http://\\S+) in .*");
  private static final long SECONDS_MAX = 60;

  /** Whether that was done by this run: a jar of an earlier one cannot be told by its date. */
  private static boolean unpacked;

  private static final Path UNPACKED = Path.of("target", "unpacked").toAbsolutePath();

  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();

  private JarNode(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  /**
   * @param folder where it keeps its log, and nothing else
   */
  static JarNode start(TestServers.Database database, Path folder, String... settings)
      throws Exception {
    var command = command(List.of("-XX:AOTCache=" + cached(), "-Xlog:aot=off", "-Xlog:cds=off"));
    command.addAll(on(database, folder));
    command.addAll(List.of(settings));
    var node = new JarNode(new ProcessBuilder(command).redirectErrorStream(true).start());
    try {
      node.ready.get(SECONDS_MAX, TimeUnit.SECONDS);
      return node;
    } catch (Exception e) {
      node.close();
      throw e;
    }
  }

  private static List<String> command(List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(more);
    command.addAll(List.of("-jar", UNPACKED.resolve("seonchak.jar").toString()));
    return command;
  }

  private static List<String> on(TestServers.Database database, Path folder) {
    return List.of(
        "--port=0",
        "--data=" + folder,
        "--simulator",
        // What is bought is not issued here, so that it starts sooner.
        "--roles=edge,identity,shop",
        "--postgres=postgres://%s:%s@%s"
            .formatted(
                database.user(),
                URLEncoder.encode(database.password(), StandardCharsets.UTF_8),
                database.jdbcUrl().replaceFirst("jdbc:postgresql://", "")),
        "--redis=" + TestServers.redis().uri(),
        "--kafka=" + TestServers.kafka().bootstrapServers(),
        "--seonchak.events.prefix=" + database.name());
  }

  /** Unpacks the jar and lets one start write the cache that makes later ones quick. */
  private static synchronized Path cached() throws Exception {
    var cache = UNPACKED.resolve("seonchak.aot");
    var jar = jar();
    if (unpacked) {
      return cache;
    }
    Files.deleteIfExists(cache);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    run(
        List.of(
            java,
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--force",
            "--destination",
            UNPACKED.toString()));
    Files.move(
        UNPACKED.resolve(jar.getFileName()),
        UNPACKED.resolve("seonchak.jar"),
        StandardCopyOption.REPLACE_EXISTING);
    var training = command(List.of("-XX:AOTCacheOutput=" + cache));
    training.addAll(on(TestServers.freshDatabase(), UNPACKED.resolve("data")));
    training.add("--train");
    run(training);
    unpacked = true;
    return cache;
  }

  private static void run(List<String> command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " ended with " + said);
    }
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("target holds no built jar"))
          .toAbsolutePath();
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        var matcher = READY.matcher(line);
        if (matcher.matches()) {
          ready.complete(matcher.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ready.completeExceptionally(
          new IllegalStateException("it said:\n" + String.join("\n", said)));
    }
  }

  String url() {
    return ready.join();
  }

  /** Waits for it to end by itself; false when it goes on and on. */
  boolean ends() throws InterruptedException {
    return process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
  }

  int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
