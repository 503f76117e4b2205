package dev.seonchak.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The built jar as a process of its own on a free port, with its servers, as `up` starts it. */
final class Platform implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready (http://\\S+) in .*");
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);

  private final Process process;
  private final Path data;
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final Thread reader;
  private volatile boolean isKilled;

  private Platform(Process process, Path data) {
    this.process = process;
    this.data = data;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Starts it on a data folder, which may hold data already; does not wait. */
  static Platform start(Path data, String... options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-jar", jar().toString(), "--data", data.toString(), "--port", "0"));
    command.addAll(List.of(options));
    return new Platform(new ProcessBuilder(command).redirectErrorStream(true).start(), data);
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "app", "target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("app/target holds no built jar"))
          .toAbsolutePath()
          .normalize();
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
          ready.complete(URI.create(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ready.completeExceptionally(new IllegalStateException("it ended and said:\n" + said()));
    }
  }

  /** Waits until it says that it is ready. */
  URI url() throws InterruptedException, ExecutionException, TimeoutException {
    return ready.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }

  /** Everything that it printed so far. */
  String said() {
    return String.join("\n", said);
  }

  long pid() {
    return process.pid();
  }

  /** Ends the JVM as a crash would, without a chance to tidy up: its servers are left behind. */
  void kill() throws InterruptedException {
    isKilled = true;
    process.destroyForcibly().waitFor();
    reader.join();
  }

  /** Ends one of its servers, known by the name of its program, as a crash would. */
  void killServer(String program) throws IOException {
    List<ProcessHandle> found =
        process
            .children()
            .filter(child ->
                child.info().command().orElse("").endsWith("/" + program) && child.isAlive())
            .toList();
    assertThat(found).as(program).hasSize(1);
    found.getFirst().destroyForcibly();
  }

  /** Sends what Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    int sent = new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor();
    assertThat(sent).isZero();
  }

  /** Processes that work in its data folder, whoever their parent is. */
  static List<ProcessHandle> workingIn(Path data) {
    return ProcessHandle.allProcesses()
        .filter(each -> {
          try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(each.pid()), "cwd"))
                .startsWith(data);
          } catch (IOException e) {
            // It has just ended, or belongs to somebody else.
            return false;
          }
        })
        .toList();
  }

  /** Waits for it to end by itself. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS))
        .as("ended by itself")
        .isTrue();
    reader.join();
    return process.exitValue();
  }

  /**
   * Ends it as Ctrl-C does, and makes sure that nothing is left; after a kill, what is left is for
   * the next start to find.
   */
  @Override
  public void close() {
    process.destroy();
    try {
      boolean ended = process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      assertThat(ended).as("stopped in time").isTrue();
      if (!isKilled) {
        assertThat(workingIn(data)).as("processes left").isEmpty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
