package dev.seonchak.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a Redis on loopback whether it is ready, in its own protocol (RESP, inline commands). */
final class RedisWire {
  private static final int TIMEOUT_MILLIS = 1_000;

  private RedisWire() {}

  /** True when the server knows this password and has loaded its data. */
  static boolean answers(int port, String password) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.loopback(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request = "AUTH " + password + "\r\nPING\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return line(in).equals("+OK") && line(in).equals("+PONG");
    } catch (IOException e) {
      return false;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
