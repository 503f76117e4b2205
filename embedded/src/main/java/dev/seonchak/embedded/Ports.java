package dev.seonchak.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ports on loopback: the fixed one, else the one of the last run, else a free one. */
final class Ports {
  private Ports() {}

  /**
   * @param fixed the port to use, or 0 for any
   * @param keptIn file with the port of the last run
   */
  static int choose(Part part, int fixed, Path keptIn) throws IOException {
    if (fixed != 0) {
      if (!isFree(fixed)) {
        throw new CannotStart(
            "Port %d for %s is in use by another program.".formatted(fixed, part.folder()));
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

  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
