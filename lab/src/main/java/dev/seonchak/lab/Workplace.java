package dev.seonchak.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder of a run, and what runs in it: whoever ends the run with Ctrl-C finds neither
 * processes nor files left.
 */
final class Workplace<T extends AutoCloseable> implements AutoCloseable {
  private final Path folder;
  private final T work;

  private Workplace(Path folder, T work) {
    this.folder = folder;
    this.work = work;
  }

  /** What is started in a folder. */
  interface Start<T> {
    T in(Path folder) throws Exception;
  }

  /**
   * @param parent where the folder is made
   */
  static <T extends AutoCloseable> Workplace<T> open(Path parent, Start<T> start) throws Exception {
    Path folder = Files.createTempDirectory(parent, "seonchak-lab-");
    // A server that may not run as root must be able to reach its own folder below.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    try {
      Workplace<T> place = new Workplace<>(folder, start.in(folder));
      Runtime.getRuntime().addShutdownHook(new Thread(place::end, "end"));
      return place;
    } catch (Exception e) {
      delete(folder);
      throw e;
    }
  }

  T work() {
    return work;
  }

  private void end() {
    try {
      close();
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      work.close();
      delete(folder);
    } catch (Exception e) {
      throw new IllegalStateException("The folder " + folder + " could not be left empty", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
