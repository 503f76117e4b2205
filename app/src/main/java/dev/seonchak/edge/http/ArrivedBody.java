package dev.seonchak.edge.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body was read before anybody asked for it. */
final class ArrivedBody extends HttpServletRequestWrapper {
  /** The request attribute with such a body, a {@code byte[]}. */
  static final String BYTES = "dev.seonchak.bytes";

  private final ServletInputStream body;

  private ArrivedBody(HttpServletRequest request, byte[] body) {
    super(request);
    this.body = new Bytes(new ByteArrayInputStream(body));
  }

  /** The request itself when its body was not read yet. */
  static HttpServletRequest of(HttpServletRequest request) {
    return request.getAttribute(BYTES) instanceof byte[] body
        ? new ArrivedBody(request, body)
        : request;
  }

  @Override
  public ServletInputStream getInputStream() {
    return body;
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Bytes as the servlet API has them. */
  private static final class Bytes extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Bytes(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("it is here already");
    }
  }
}
