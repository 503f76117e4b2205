package dev.seonchak.edge.http;

import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** The bytes that one read of a body hands over. */
final class Piece implements ApplicationBufferHandler {
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  @Override
  public void setByteBuffer(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  @Override
  public ByteBuffer getByteBuffer() {
    return bytes;
  }

  @Override
  public void expand(int size) {
    // Nothing is put into it.
  }
}
