package dev.seonchak.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Ports on loopback: the fixed one, else the one of the last run, else a free one. */
final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 29_999;
  private static final int ATTEMPTS_MAX = 1_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /**
   * @param fixed the port to use, or 0 for any
   * @param keptIn file with the port of the last run
   */
  static int choose(Part part, int fixed, Path keptIn) throws IOException {
    if (fixed != 0) {
      if (!isFree(fixed)) {
        throw new CannotStart(
            "Port %d for %s is in use by another program.".formatted(fixed, part.title()));
      }
      return fixed;
    }
    int kept = parse(Disk.readIfThere(keptIn));
    return kept != 0 && isFree(kept) ? kept : free();
  }

  static void keep(Path file, int port) throws IOException {
    Files.writeString(file, port + "\n");
  }

  static int parse(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,5}")) {
      return 0;
    }
    int port = Integer.parseInt(text);
    return port <= 65535 ? port : 0;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A port that nobody uses and that this process has not been given before. It lies below those
   * that the kernel gives to outgoing connections, so it is likely to be free at the next start
   * too.
   */
  static int free() {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      int port = LOWEST + ThreadLocalRandom.current().nextInt(HIGHEST - LOWEST + 1);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new CannotStart(
        "No free port was found between " + LOWEST + " and " + HIGHEST + " on this machine.");
  }

  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
