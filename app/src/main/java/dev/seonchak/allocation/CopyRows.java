package dev.seonchak.allocation;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table by {@code copy … from stdin (format binary)}, the cheapest way
 * into PostgreSQL for many rows: one write-ahead record for those of a page. Few rows are better
 * off in arrays, since the statement is parsed anew and goes to the server and back twice.
 *
 * <p>The layout is that of the PostgreSQL manual, "COPY, Binary Format", and of each type's receive
 * function. A row begins with {@link #row} and has exactly as many values as that says. Rows go to
 * the server while more of them are made, and nothing else may be sent by the connection before
 * {@link #end} or {@link #close}. Not thread-safe.
 */
public final class CopyRows implements AutoCloseable {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int NULL_LENGTH = -1;
  private static final int OID_INT4 = 23;
  private static final int OID_INT8 = 20;
  private static final int OID_UUID = 2950;

  /** From about here on it costs less than it costs to send it by itself. */
  private static final int WORTH_MIN = 65;

  /** So many bytes are worth a message of their own. */
  private static final int PIECE = 1 << 14;

  private final CopyIn copy;
  private byte[] buffer = new byte[2 * PIECE];
  private int size;

  /**
   * Begins within the connection's transaction.
   *
   * @param table with its columns in the order of the values, for example {@code claims (pool_id,
   *     sequence)}; never from outside
   */
  public CopyRows(Connection connection, String table) throws SQLException {
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + table + " from stdin (format binary)");
    System.arraycopy(SIGNATURE, 0, buffer, 0, SIGNATURE.length);
    size = SIGNATURE.length;
    int4(0);
    int4(0);
  }

  /** Whether so many rows are better off here than in arrays. */
  public static boolean isWorth(int rows) {
    return rows >= WORTH_MIN;
  }

  /** Begins the next row. */
  public CopyRows row(int values) throws SQLException {
    if (size >= PIECE) {
      flush();
    }
    room(2);
    buffer[size++] = (byte) (values >> 8);
    buffer[size++] = (byte) values;
    return this;
  }

  public CopyRows uuid(UUID value) {
    room(20);
    int4(16);
    rawUuid(value);
    return this;
  }

  /** A value of type int. */
  public CopyRows integer(int value) {
    room(8);
    int4(4);
    int4(value);
    return this;
  }

  /** A value of type "char". */
  public CopyRows character(char value) {
    return bytes(new byte[] {(byte) value});
  }

  /** A value of type bigint. */
  public CopyRows bigint(long value) {
    room(12);
    int4(8);
    int8(value);
    return this;
  }

  /** A value of type text, null when there is none. */
  public CopyRows text(@Nullable String value) {
    return value == null ? none() : bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A value of type bytea, or of any type whose binary form these bytes are. */
  public CopyRows bytes(byte[] value) {
    room(4 + value.length);
    int4(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
    return this;
  }

  /** A value of type timestamptz, cut to microseconds. */
  public CopyRows timestamp(Instant value) {
    return bigint(EPOCH.until(value, ChronoUnit.MICROS));
  }

  /** The value null. */
  public CopyRows none() {
    room(4);
    int4(NULL_LENGTH);
    return this;
  }

  /** A value of type uuid[]. */
  public CopyRows uuids(UUID... values) {
    beginArray(OID_UUID, values.length, 16);
    for (UUID value : values) {
      int4(16);
      rawUuid(value);
    }
    return this;
  }

  /** A value of type int[]. */
  public CopyRows integers(int... values) {
    beginArray(OID_INT4, values.length, 4);
    for (int value : values) {
      int4(4);
      int4(value);
    }
    return this;
  }

  /** A value of type bigint[]. */
  public CopyRows bigints(long... values) {
    beginArray(OID_INT8, values.length, 8);
    for (long value : values) {
      int4(8);
      int8(value);
    }
    return this;
  }

  /** Sends what there is so far, for the server to work on. */
  public void flush() throws SQLException {
    copy.writeToCopy(buffer, 0, size);
    copy.flushCopy();
    size = 0;
  }

  /**
   * Waits for all rows to be written.
   *
   * @return how many that were
   */
  public long end() throws SQLException {
    room(2);
    buffer[size++] = -1;
    buffer[size++] = -1;
    flush();
    return copy.endCopy();
  }

  /** Writes none of the rows, unless they were written. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void beginArray(int type, int length, int width) {
    room(24 + length * (4 + width));
    int4((length == 0 ? 12 : 20) + length * (4 + width));
    int4(length == 0 ? 0 : 1);
    int4(0);
    int4(type);
    if (length > 0) {
      int4(length);
      int4(1);
    }
  }

  private void rawUuid(UUID value) {
    int8(value.getMostSignificantBits());
    int8(value.getLeastSignificantBits());
  }

  private void int4(int value) {
    Wire.putInt(buffer, size, value);
    size += 4;
  }

  private void int8(long value) {
    Wire.putLong(buffer, size, value);
    size += 8;
  }

  private void room(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
