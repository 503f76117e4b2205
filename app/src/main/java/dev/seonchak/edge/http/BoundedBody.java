package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import dev.seonchak.shared.Problem;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body ends in a refusal once it is longer than allowed. */
final class BoundedBody extends HttpServletRequestWrapper {
  BoundedBody(HttpServletRequest request) {
    super(request);
  }

  static Problem tooLarge() {
    return Problem.of(413, "too-large", "The body of the request is too large.")
        .with("maxBytes", Limits.STANDARD.bodyBytesMax());
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return new Counted(super.getInputStream());
  }

  /** Counts what is read. */
  private static final class Counted extends ServletInputStream {
    private final ServletInputStream body;
    private long read;

    Counted(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      count(value == -1 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = body.read(bytes, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int more) {
      read += more;
      if (read > Limits.STANDARD.bodyBytesMax()) {
        throw tooLarge().refusal();
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
