package dev.seonchak.orders;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a writer and PostgreSQL and, when armed, cuts the connection once the server says
 * that it has committed, before the writer hears it.
 */
final class CuttingProxy implements AutoCloseable {
  /** The tag of CommandComplete, as the server sends it after a commit. */
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket entrance;
  private final int port;
  private final AtomicInteger cuts = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  CuttingProxy(int port) throws IOException {
    this.port = port;
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The same database by way of this proxy. */
  String through(String jdbcUrl) {
    return jdbcUrl.replaceFirst("//[^/]+/", "//localhost:" + entrance.getLocalPort() + "/");
  }

  /** Cuts at the next so many commits. */
  void arm(int commits) {
    cuts.set(commits);
  }

  int left() {
    return cuts.get();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pass(client, server, false));
        Thread.ofVirtual().start(() -> pass(server, client, true));
      } catch (IOException e) {
        // Closed, or the server is gone: the client sees it.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean watched) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (watched && hasCommitted(buffer, n) && cuts.getAndUpdate(c -> Math.max(0, c - 1)) > 0) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Either side is gone, and so is the other.
    }
  }

  private static boolean hasCommitted(byte[] bytes, int length) {
    for (int i = 0; i + COMMITTED.length <= length; i++) {
      int same = 0;
      while (same < COMMITTED.length && bytes[i + same] == COMMITTED[same]) {
        same++;
      }
      if (same == COMMITTED.length) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
