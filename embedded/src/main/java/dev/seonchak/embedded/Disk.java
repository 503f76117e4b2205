package dev.seonchak.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folders and files of the servers, and the sentences for what can go wrong with them. */
final class Disk {
  /** Unpacked servers, an empty database and its first log files. */
  private static final long NEW_DATA_MEGABYTES_MIN = 250;

  private static final long KEPT_DATA_MEGABYTES_MIN = 40;

  private Disk() {}

  /** Makes the data folder when there is none, and answers with its true path. */
  static Path dataFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        // Others may pass through, never list: a server that is not allowed to run as root must
        // reach its own folder below.
        mode(folder, RunAs.isRoot() ? "rwx--x--x" : "rwx------");
      }
      Path real = folder.toRealPath();
      Files.delete(Files.createTempFile(real, "writable", null));
      return real;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** Refuses to begin what would fail half-way. */
  static void requireSpace(Path folder, boolean keptData) {
    long megabytesMin = keptData ? KEPT_DATA_MEGABYTES_MIN : NEW_DATA_MEGABYTES_MIN;
    try {
      long megabytes = Files.getFileStore(folder).getUsableSpace() >> 20;
      if (megabytes < megabytesMin) {
        throw new CannotStart(
            "The disk under %s is full: %d MB are free and %d MB are needed."
                .formatted(folder, megabytes, megabytesMin));
      }
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  static CannotStart cannotWrite(Path folder, IOException cause) {
    String said = String.valueOf(cause.getMessage());
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return new CannotStart("The disk under " + folder + " is full.", cause);
    }
    if (lower.contains("read-only file system")) {
      return new CannotStart(
          "The data folder " + folder + " is on a disk that is mounted read-only.", cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new CannotStart(
          "The data folder " + folder + " is not writable for this user (" + said + ").", cause);
    }
    if (lower.contains("not a directory")
        || cause instanceof NotDirectoryException
        || cause instanceof FileAlreadyExistsException) {
      return new CannotStart("The data folder " + folder + " is not a folder.", cause);
    }
    return new CannotStart(
        "The data folder "
            + folder
            + " cannot be used: "
            + cause.getClass().getSimpleName()
            + " "
            + said
            + ".",
        cause);
  }

  static void mode(Path path, String permissions) throws IOException {
    Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
    Files.setPosixFilePermissions(path, wanted);
  }

  /** Writes a file that only its owner may read, whole or not at all. */
  static void writePrivately(Path file, String text) throws IOException {
    Path whole =
        Files.createTempFile(
            directoryOf(file),
            file.getFileName().toString(),
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(whole, text, StandardOpenOption.SYNC);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** The text of a small file without surrounding space, or null when there is no such file. */
  static @Nullable String readIfThere(Path file) throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The password kept in a file, made up at the first call. */
  static String password(Path file) throws IOException {
    String kept = readIfThere(file);
    if (kept != null && !kept.isEmpty()) {
      return kept;
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String made = HexFormat.of().formatHex(random);
    writePrivately(file, made + "\n");
    return made;
  }

  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A server that is just ending may delete its own files meanwhile.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
