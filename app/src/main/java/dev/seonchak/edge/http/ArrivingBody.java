package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import dev.seonchak.shared.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.coyote.Request;

/**
 * One body that is read from its connection before anybody asks for it. All but its first bytes
 * count against what may arrive of all bodies together, until it is closed.
 */
final class ArrivingBody implements AutoCloseable {
  private final Request request;
  private final Semaphore room;
  private final Limits.Bodies limits;
  private final LongSupplier nanos;
  private ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int taken;

  /**
   * @param room for the bytes of all bodies that arrive
   * @param nanos as {@link System#nanoTime}
   */
  ArrivingBody(Request request, Semaphore room, Limits.Bodies limits, LongSupplier nanos) {
    this.request = request;
    this.room = room;
    this.limits = limits;
    this.nanos = nanos;
  }

  static Problem tooLarge(Limits.Bodies limits) {
    return Problem.of(413, "too-large", "The body of the request is too large.")
        .with("maxBytes", limits.bytesMax());
  }

  /** What was read, once it is whole; only once. */
  byte[] take() {
    byte[] bytes = kept.toByteArray();
    kept = new ByteArrayOutputStream(0);
    return bytes;
  }

  /**
   * Reads it to its end, which may take as long as the limits allow.
   *
   * @param stopping whether nobody waits for it any more
   * @return why it cannot be used; empty when it is whole
   */
  Optional<Problem> read(BooleanSupplier stopping) {
    if (request.getContentLengthLong() > limits.discardedBytesMax()) {
      return Optional.of(tooLarge(limits));
    }
    long begin = nanos.getAsLong();
    long size = 0;
    try {
      for (ByteBuffer piece = next(); piece.hasRemaining(); piece = next()) {
        size += piece.remaining();
        if (size > limits.discardedBytesMax()) {
          break;
        }
        if (size <= limits.bytesMax() && !keep(piece)) {
          return Optional.of(ProblemOf.unavailable());
        }
        if (size == request.getContentLengthLong()) {
          break;
        }
        if (stopping.getAsBoolean()) {
          return Optional.of(ProblemOf.unavailable());
        }
        if (nanos.getAsLong() - begin > limits.within().toNanos()) {
          return Optional.of(tooSlow());
        }
      }
    } catch (SocketTimeoutException e) {
      return Optional.of(tooSlow());
    } catch (IOException e) {
      return Optional.of(Problem.of(400, "malformed", "The body did not arrive as a whole."));
    }
    return size > limits.bytesMax() ? Optional.of(tooLarge(limits)) : Optional.empty();
  }

  /** The next bytes, empty at the end of the body. */
  private ByteBuffer next() throws IOException {
    var piece = new Piece();
    int read = request.doRead(piece);
    return read < 0 ? ByteBuffer.allocate(0) : piece.getByteBuffer();
  }

  private boolean keep(ByteBuffer piece) {
    int bytes = piece.remaining();
    int counted = Math.max(0, kept.size() + bytes - limits.freeBytes()) - taken;
    if (!room.tryAcquire(counted)) {
      return false;
    }
    taken += counted;
    kept.write(piece.array(), piece.arrayOffset() + piece.position(), bytes);
    return true;
  }

  private static Problem tooSlow() {
    return Problem.of(408, "too-slow", "The body of the request took too long to arrive.");
  }

  @Override
  public void close() {
    room.release(taken);
  }
}
