package dev.seonchak.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The file into which a child process prints, and what can be learnt from its end. */
final class ServerLog {
  private static final long BYTES_MAX = 10L << 20;
  private static final int TAIL_BYTES_MAX = 64 << 10;

  private final Path file;
  private long from;

  private ServerLog(Path file, long from) {
    this.file = file;
    this.from = from;
  }

  /** Opens the log for another run; a big one is put aside, one generation of it is kept. */
  static ServerLog open(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".old"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(file)) {
      Files.createFile(file);
      Disk.mode(file, "rw-------");
    }
    return new ServerLog(file, Files.size(file));
  }

  Path file() {
    return file;
  }

  /** Forgets what was printed until now. */
  void mark() throws IOException {
    from = Files.size(file);
  }

  /** The lines printed since the mark; only the last ones when there are many. */
  List<String> lines() {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(from, in.length() - TAIL_BYTES_MAX);
      in.seek(start);
      byte[] bytes = new byte[(int) (in.length() - start)];
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Whether the text was printed since the mark. */
  boolean says(String text) {
    return lines().stream().anyMatch(line -> line.contains(text));
  }

  /** What the server itself gave as the reason for its end. */
  String reason() {
    List<String> lines = lines();
    Optional<String> fatal =
        lines.stream()
            .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
            .map(line -> line.replaceFirst("^.*(FATAL|PANIC):\\s*", ""))
            .reduce((first, second) -> first);
    return fatal.orElseGet(() -> lines.isEmpty() ? "it printed nothing" : lines.getLast());
  }
}
