package dev.seonchak.lab.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads one answer of HTTP/1.1 after the other, with a length or in chunks (RFC 9112, 6 and 7).
 * What is looked for in a body is looked for in the bytes as they came; the answers read here are
 * so short that they come in one chunk.
 */
final class ResponseReader {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHUNKED = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes = new byte[16 << 10];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

  private int bodyAt;

  /** Forgets the answer, to read the next. */
  void clear() {
    buffer.clear();
    bodyAt = 0;
  }

  /** Where arriving bytes are put. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** Whether all of the answer is there. */
  boolean isWhole() throws IOException {
    int end = buffer.position();
    if (!buffer.hasRemaining()) {
      throw new IOException("an answer is longer than " + bytes.length + " bytes");
    }
    if (bodyAt == 0 && !findBody(end)) {
      return false;
    }
    int length = headerNumber(LENGTH);
    if (length >= 0) {
      return end == bodyAt + length;
    }
    if (header(CHUNKED) < 0) {
      throw new IOException("an answer says nothing of its length: " + text());
    }
    return isLastChunk(end);
  }

  private boolean findBody(int end) {
    for (int i = 3; i < end; i++) {
      if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
        bodyAt = i + 1;
        return true;
      }
    }
    return false;
  }

  /** Walks from chunk to chunk to the empty one, which no trailer follows here. */
  private boolean isLastChunk(int end) throws IOException {
    int at = bodyAt;
    while (at < end) {
      int size = 0;
      int from = at;
      for (; at < end && bytes[at] != '\r'; at++) {
        size = size * 16 + hexDigit(bytes[at]);
      }
      if (at == from || at + 2 > end) {
        return false;
      }
      at += 2 + size + 2;
      if (size == 0) {
        return at == end;
      }
    }
    return false;
  }

  private static int hexDigit(byte digit) throws IOException {
    int value = Character.digit(digit, 16);
    if (value < 0) {
      throw new IOException("the size of a chunk is not a number");
    }
    return value;
  }

  int status() {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
  }

  /** Whether the server will close the connection; only asked of answers that went wrong. */
  boolean isLastOfConnection() {
    return status() >= 400 && header(CLOSE) >= 0;
  }

  int length() {
    return buffer.position();
  }

  String text() {
    return new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8);
  }

  private int headerNumber(byte[] name) {
    int at = header(name);
    if (at < 0) {
      return -1;
    }
    while (bytes[at] == ' ') {
      at++;
    }
    return (int) number(at);
  }

  /** Where the value of this header begins; −1 when there is none. The name is in lower case. */
  private int header(byte[] name) {
    for (int i = 0; i < bodyAt - name.length; i++) {
      if (bytes[i] == '\n' && startsHere(name, i + 1)) {
        return i + 1 + name.length;
      }
    }
    return -1;
  }

  private boolean startsHere(byte[] name, int at) {
    for (int i = 0; i < name.length; i++) {
      byte letter = bytes[at + i];
      if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** The UUID that follows the first occurrence of these bytes in the body. */
  UUID uuidAfter(byte[] name) throws IOException {
    int at = bodyIndexAfter(name);
    return new UUID(hex(at, 8, 4, 4), hex(at + 19, 4, 12));
  }

  private long hex(int at, int... groups) throws IOException {
    long value = 0;
    int index = at;
    for (int digits : groups) {
      for (int i = 0; i < digits; i++) {
        value = (value << 4) | hexDigit(bytes[index++]);
      }
      index++;
    }
    return value;
  }

  /** The number that follows the first occurrence of these bytes in the body. */
  long numberAfter(byte[] name) throws IOException {
    return number(bodyIndexAfter(name));
  }

  private long number(int at) {
    long value = 0;
    for (int i = at; i < buffer.position() && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  private int bodyIndexAfter(byte[] name) throws IOException {
    for (int i = bodyAt; i <= buffer.position() - name.length; i++) {
      int matched = 0;
      while (matched < name.length && bytes[i + matched] == name[matched]) {
        matched++;
      }
      if (matched == name.length) {
        return i + matched;
      }
    }
    throw new IOException(new String(name, StandardCharsets.US_ASCII) + " is missing in " + text());
  }
}
