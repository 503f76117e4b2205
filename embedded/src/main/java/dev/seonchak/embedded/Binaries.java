package dev.seonchak.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the servers from the class path, once. A folder appears under its name only when it is
 * whole, so a killed unpacking or two at once do no harm.
 */
final class Binaries {
  static final String POSTGRES_VERSION = "18.6";
  static final int POSTGRES_MAJOR = 18;
  static final String REDIS_VERSION = "7.0.15";

  private static final String POSTGRES = "/postgres-linux-x86_64.txz";
  private static final String REDIS = "/redis-server-" + REDIS_VERSION + "-linux-amd64";

  private Binaries() {}

  /** The folder with bin, lib and share of PostgreSQL. */
  static Path postgres(Folders folders) throws IOException {
    requirePlatform();
    return once(folders.binaries().resolve("postgresql-" + POSTGRES_VERSION), Binaries::untar);
  }

  /** The folder with the program redis-server. */
  static Path redis(Folders folders) throws IOException {
    requirePlatform();
    return once(
        folders.binaries().resolve("redis-" + REDIS_VERSION),
        into -> {
          Path program = into.resolve("redis-server");
          try (InputStream in = resource(REDIS)) {
            Files.copy(in, program);
          }
          Disk.mode(program, "rwxr-xr-x");
        });
  }

  static void requirePlatform() {
    requirePlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static void requirePlatform(String system, String processor) {
    boolean known =
        system.toLowerCase(Locale.ROOT).startsWith("linux")
            && (processor.equals("amd64") || processor.equals("x86_64"));
    if (!known) {
      throw new CannotStart(
          "The servers brought along run on Linux on x86-64 only, and this is %s on %s: name your own with --postgres, --redis and --kafka."
              .formatted(system, processor));
    }
  }

  /** Fills an empty folder. */
  private interface Unpacking {
    void into(Path folder) throws IOException;
  }

  private static Path once(Path folder, Unpacking unpacking) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path parent = Disk.directoryOf(folder);
    Files.createDirectories(parent);
    Disk.mode(parent, "rwxr-xr-x");
    Path temporary = Files.createTempDirectory(parent, "unpacking-");
    try {
      Disk.mode(temporary, "rwxr-xr-x");
      unpacking.into(temporary);
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Somebody else was faster, and unpacked the same.
      return folder;
    } finally {
      Disk.deleteTree(temporary);
    }
    return folder;
  }

  private static void untar(Path into) throws IOException {
    try (InputStream in = resource(POSTGRES);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new BufferedInputStream(in)), 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException(
              "The archive has an entry outside of its folder: " + entry.getName());
        }
        if (isNeeded(entry.getName())) {
          write(entry, tar, target);
        }
      }
    }
  }

  /** Libraries for compiling against PostgreSQL are of no use here. */
  private static boolean isNeeded(String name) {
    return !name.endsWith(".a") && !name.contains("/pkgconfig");
  }

  private static void write(TarArchiveEntry entry, TarArchiveInputStream tar, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      Disk.mode(target, "rwxr-xr-x");
      return;
    }
    makeFolder(Disk.directoryOf(target));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    boolean program = (entry.getMode() & 0111) != 0;
    Disk.mode(target, program ? "rwxr-xr-x" : "rw-r--r--");
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      makeFolder(Disk.directoryOf(folder));
      Files.createDirectory(folder);
      Disk.mode(folder, "rwxr-xr-x");
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = Binaries.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("The class path lacks " + name);
    }
    return in;
  }
}
