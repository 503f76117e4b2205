package dev.seonchak.edge.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;

/** Bytes that are here already, as the servlet API reads them. */
final class BytesInput extends ServletInputStream {
  private final ByteArrayInputStream bytes;

  BytesInput(ByteArrayInputStream bytes) {
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
