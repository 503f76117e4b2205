package dev.seonchak.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Finds processes of a server that a killed predecessor left running. They are known by the folder
 * they work in and the program they run, never by a number in a file, since numbers are reused.
 */
final class LeftBehind {
  private LeftBehind() {}

  /** Numbers of all processes of this program that work in this folder. */
  static List<Long> in(Path folder, String program) throws IOException {
    List<Long> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    Path real = folder.toRealPath();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (matches(process, real, program)) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return found;
  }

  private static boolean matches(Path process, Path folder, String program) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(folder)
          && Files.readSymbolicLink(process.resolve("exe"))
              .getFileName()
              .toString()
              .toLowerCase(Locale.ROOT)
              .startsWith(program);
    } catch (IOException e) {
      // It has just ended, or belongs to somebody else.
      return false;
    }
  }

  /** Ends processes without asking, and waits until the kernel has let go of them. */
  static void kill(List<Long> pids) {
    for (long pid : pids) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Waits for a condition; false when it did not come true in time. */
  static boolean within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(Duration.ofMillis(10));
      } catch (InterruptedException e) {
        throw ChildProcess.interrupted(e);
      }
    }
    return true;
  }

  /** Waits until no such process works in the folder any more. */
  static boolean goneWithin(Duration limit, Path folder, String program) {
    return within(
        limit,
        () -> {
          try {
            return in(folder, program).isEmpty();
          } catch (IOException e) {
            return false;
          }
        });
  }
}
