package dev.seonchak.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A server as a child process. */
final class ChildProcess {
  /**
   * The kernel tells a child of its parent's death when the thread that forked it ends, so one
   * thread, which lives as long as the process, forks them all.
   */
  private static final ExecutorService FORKING =
      Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "embedded-servers");
        thread.setDaemon(true);
        return thread;
      });

  /**
   * Memory that a server has just freed it soon wants again. The allocator's own limits give it
   * back to the kernel after each large statement, which then clears and maps every page anew.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/bin:/bin:/usr/sbin:/sbin",
          "LC_ALL", "C",
          "TZ", "UTC",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "33554432");

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** What a short command gave back. */
  record Answer(int exitCode, String output) {}

  /** Starts a long-running command; what it prints is appended to the log. */
  static ChildProcess start(List<String> command, Path folder, Path log) throws IOException {
    ProcessBuilder builder =
        builder(command, folder)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    return new ChildProcess(fork(builder));
  }

  /** Runs a command to its end; what it prints is returned. */
  static Answer run(List<String> command, Path folder, Duration limit) throws IOException {
    Process process = fork(builder(command, folder).redirectErrorStream(true));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Answer(-1, "error: no end within " + limit.toSeconds() + " s");
      }
      // Little enough to fit into the pipe while nobody reads.
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.exitValue(), output.strip());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static ProcessBuilder builder(List<String> command, Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    // Nothing of the caller's environment (PGDATA, LD_PRELOAD, locales) may change a server.
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    return builder;
  }

  private static Process fork(ProcessBuilder builder) throws IOException {
    Future<Process> forked = FORKING.submit(builder::start);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return forked.get();
        } catch (InterruptedException e) {
          // Forking is quick, and a child that nobody waited for would be lost.
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("A child process could not be started", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static CannotStart interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CannotStart("The start was interrupted.", e);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** Calls the action, on a thread of its own, when the process has ended. */
  void whenGone(Runnable action) {
    var _ =
        process
            .onExit()
            .thenRunAsync(action, task -> Thread.ofPlatform().name("server-exit").start(task));
  }

  /** Waits a while; true when the process has ended. */
  boolean gone(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }
}
